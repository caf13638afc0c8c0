// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic, which Swift cannot call: one typed function a kind
// of argument stands here for each.
#include <curl/curl.h>

static inline CURLcode docket_curl_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

static inline CURLcode docket_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode docket_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

// libcurl copies the string.
static inline CURLcode docket_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

// libcurl keeps the pointer.
static inline CURLcode docket_curl_set_pointer(CURL *handle, CURLoption option, const void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode docket_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

typedef size_t (*docket_curl_bytes)(char *bytes, size_t size, size_t count, void *context);

// For CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION.
static inline CURLcode docket_curl_set_receiver(CURL *handle, CURLoption option, docket_curl_bytes function) {
    return curl_easy_setopt(handle, option, function);
}

typedef curl_socket_t (*docket_curl_opener)(void *context, curlsocktype purpose, struct curl_sockaddr *address);

static inline CURLcode docket_curl_set_opener(CURL *handle, docket_curl_opener function) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, function);
}

typedef int (*docket_curl_check)(void *context, char *remote, char *local, int remote_port, int local_port);

// Called before each request is sent, also on a connection that is used again.
static inline CURLcode docket_curl_set_check(CURL *handle, docket_curl_check function) {
    return curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, function);
}

static inline CURLcode docket_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode docket_curl_get_string(CURL *handle, CURLINFO info, const char **value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode docket_curl_get_pointer(CURL *handle, CURLINFO info, void **value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLMcode docket_curl_multi_set_long(CURLM *handle, CURLMoption option, long value) {
    return curl_multi_setopt(handle, option, value);
}

// The result stands in a union beside a pointer.
static inline CURLcode docket_curl_result(const CURLMsg *message) { return message->data.result; }

static const size_t docket_curl_pause = CURL_WRITEFUNC_PAUSE;
static const int docket_curl_check_passed = CURL_PREREQFUNC_OK;
static const int docket_curl_check_refused = CURL_PREREQFUNC_ABORT;
static const curl_socket_t docket_curl_no_socket = CURL_SOCKET_BAD;
static const int docket_curl_unpause = CURLPAUSE_CONT;
