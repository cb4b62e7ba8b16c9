// The scripts and style sheets of pages, as they lie in pages/, each text ended by a zero.
#ifndef SONDE_PAGE_FILES_H
#define SONDE_PAGE_FILES_H

#pragma clang assume_nonnull begin

/// The style sheet that those of all pages begin with.
const char *page_base_style(void);

/// The style sheet of a page of attention, after the base.
const char *page_attention_style(void);

/// The script of a page of attention.
const char *page_attention_script(void);

/// The style sheet of a page of pictures, after the base.
const char *page_figures_style(void);

#pragma clang assume_nonnull end

#endif
