#include "CLineEdit.h"

#include <stdio.h>

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

int sonde_el_use_history(EditLine *editor, History *list) {
  return el_set(editor, EL_HIST, history, list);
}

int sonde_history_int(History *list, int operation, int value) {
  HistEvent event;
  return history(list, &event, operation, value);
}

int sonde_history_string(History *list, int operation, const char *value) {
  HistEvent event;
  return history(list, &event, operation, value);
}
