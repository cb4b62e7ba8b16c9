// For wcwidth.
#define _XOPEN_SOURCE 700

#include "CLineEdit.h"

#include <stdio.h>
#include <wchar.h>

EditLine *sonde_el_open(const char *program) {
  return el_init(program, stdin, stdout, stderr);
}

int sonde_el_set_int(EditLine *editor, int option, int value) {
  return el_set(editor, option, value);
}

int sonde_el_set_string(EditLine *editor, int option, const char *value) {
  return el_set(editor, option, value);
}

int sonde_el_set_client(EditLine *editor, void *client) {
  return el_set(editor, EL_CLIENTDATA, client);
}

void *sonde_el_client(EditLine *editor) {
  void *client = NULL;
  return el_get(editor, EL_CLIENTDATA, &client) == 0 ? client : NULL;
}

int sonde_el_set_prompt(EditLine *editor, int option, sonde_el_prompt prompt, char escape) {
  return el_set(editor, option, prompt, escape);
}

int sonde_el_add(EditLine *editor, const char *name, const char *help, sonde_el_function function) {
  return el_set(editor, EL_ADDFN, name, help, function);
}

int sonde_el_bind(EditLine *editor, const char *key, const char *name) {
  return el_set(editor, EL_BIND, key, name, NULL);
}

int sonde_el_set_reader(EditLine *editor, sonde_el_reader reader) {
  return el_set(editor, EL_GETCFN, reader);
}

int sonde_el_set_terminal(EditLine *editor, const char *mode) {
  return el_set(editor, EL_SETTY, "-d", mode, NULL);
}

int sonde_el_draw(EditLine *editor) { return el_set(editor, EL_REFRESH); }

int sonde_width(wchar_t character) { return wcwidth(character); }
