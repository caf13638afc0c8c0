// Files of Models/ and the demo part of Corpus/ inside the binary.
#ifndef C_DOCKET_DATA_H
#define C_DOCKET_DATA_H

#include <stddef.h>

/// One embedded file: its path in the project and its bytes.
typedef struct {
    const char *path;
    const unsigned char *bytes;
    size_t count;
} docket_embedded_file;

/// Number of embedded files.
size_t docket_embedded_count(void);

/// File `index`, below `docket_embedded_count()`; the bytes live as long as the program.
docket_embedded_file docket_embedded_at(size_t index);

#endif
