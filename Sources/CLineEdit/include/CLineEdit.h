// Fixed-argument wrappers round libedit's variadic functions, which Swift cannot call.
#pragma once
#include <histedit.h>
