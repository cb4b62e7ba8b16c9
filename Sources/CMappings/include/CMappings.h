#pragma once

#include <stddef.h>
#include <stdint.h>

// Files that are mapped into memory, whose lost pages read as zero instead of ending the process.
//
// A page of a mapped file that the file no longer has is a bus error when it is touched, on whichever
// thread that is. The handler puts zeros in its place and takes a note; whoever asked for the numbers
// looks at the note when the work is done.

// Watches a mapping; the number under which it is known, or -1 where too many are watched.
int sonde_mapping_watch(const void *start, size_t length);

// Watches a mapping no more; called before it is unmapped.
void sonde_mapping_forget(int number);

// Whether pages of a mapping were lost.
int sonde_mapping_is_torn(int number);
