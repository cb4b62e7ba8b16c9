#pragma once

// Ends a program that was built for a better processor than the one that it is on, with a message and
// status 1. It runs by itself before `main`; calling it keeps it in a static link.
void sonde_check_processor(void);
