#include "page_files.h"

// The compiler takes the files in when it is built, so that the program needs none of them.

static const char base_style[] = {
#embed "pages/base.css"
  , 0};

static const char attention_style[] = {
#embed "pages/attention/style.css"
  , 0};

static const char figures_style[] = {
#embed "pages/figures/style.css"
  , 0};

// In the order in which they need each other.
static const char attention_script[] = {
#embed "pages/attention/patterns.js"
  ,
#embed "pages/attention/texts.js"
  ,
#embed "pages/attention/state.js"
  ,
#embed "pages/attention/tokens.js"
  ,
#embed "pages/attention/lines.js"
  ,
#embed "pages/attention/weights.js"
  ,
#embed "pages/attention/map.js"
  ,
#embed "pages/attention/neurons.js"
  ,
#embed "pages/attention/grid.js"
  ,
#embed "pages/attention/ranks.js"
  ,
#embed "pages/attention/controls.js"
  , 0};

const char *page_base_style(void) { return base_style; }
const char *page_attention_style(void) { return attention_style; }
const char *page_attention_script(void) { return attention_script; }
const char *page_figures_style(void) { return figures_style; }
