#pragma once

// Fixed-argument forms of libedit's variadic functions, which Swift cannot call. Everything else of
// libedit is used as it is.

#include <histedit.h>

typedef unsigned char (*sonde_el_function)(EditLine *, int);
typedef char *(*sonde_el_prompt)(EditLine *);
typedef int (*sonde_el_reader)(EditLine *, wchar_t *);

/// An editor on standard input and output; NULL when the terminal cannot be set up.
EditLine *sonde_el_open(const char *program);
/// Sets an option that takes an integer.
int sonde_el_set_int(EditLine *editor, int option, int value);
/// Sets an option that takes a string.
int sonde_el_set_string(EditLine *editor, int option, const char *value);
/// Sets the pointer that callbacks find with `sonde_el_client`.
int sonde_el_set_client(EditLine *editor, void *client);
void *sonde_el_client(EditLine *editor);
/// Sets the left or right prompt (EL_PROMPT_ESC, EL_RPROMPT_ESC) with the character that encloses
/// escape sequences in it.
int sonde_el_set_prompt(EditLine *editor, int option, sonde_el_prompt prompt, char escape);
/// Adds an editing function under a name.
int sonde_el_add(EditLine *editor, const char *name, const char *help, sonde_el_function function);
/// Binds a key, in bind's notation, to an editing function.
int sonde_el_bind(EditLine *editor, const char *key, const char *name);
/// Sets the function that reads a character from the terminal.
int sonde_el_set_reader(EditLine *editor, sonde_el_reader reader);
/// Sets a mode that the terminal has while a line is edited, in stty's notation.
int sonde_el_set_terminal(EditLine *editor, const char *mode);
/// Draws prompt and line anew, from the row that the cursor stands in.
int sonde_el_draw(EditLine *editor);
/// The columns that libedit gives a character; negative for what cannot be printed.
int sonde_width(wchar_t character);
