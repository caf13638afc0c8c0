// libxml2's headers include ICU's, and Foundation has an ICU module of its own: the two definitions clash.
// Undefining LIBXML_ICU_ENABLED hides two fields of xmlCharEncodingHandler; never use that struct by value.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>

// xmlFree is a variable that holds a function, which Swift 6 does not let concurrent code read.
static inline void docket_xml_free(void *memory) { xmlFree(memory); }
