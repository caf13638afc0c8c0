// Made by .ci/embed.py from Corpus/index.json and Models/; do not edit.
#include "CDocketData.h"

static const unsigned char file_0[] = {
#embed "../../Corpus/index.json"
};
static const unsigned char file_1[] = {
#embed "../../Corpus/meetings/chief-secretaries/064/transcript.vtt"
};
static const unsigned char file_2[] = {
#embed "../../Corpus/meetings/chief-secretaries/064/agenda.md"
};
static const unsigned char file_3[] = {
#embed "../../Corpus/meetings/chief-secretaries/064/attendance.csv"
};
static const unsigned char file_4[] = {
#embed "../../Corpus/meetings/chief-secretaries/063/minutes.txt"
};
static const unsigned char file_5[] = {
#embed "../../Corpus/meetings/chief-secretaries/064/minutes.txt"
};
static const unsigned char file_6[] = {
#embed "../../Corpus/rosters/agencies.csv"
};
static const unsigned char file_7[] = {
#embed "../../Corpus/rosters/persons.csv"
};
static const unsigned char file_8[] = {
#embed "../../Corpus/series/chief-secretaries.yaml"
};
static const unsigned char file_9[] = {
#embed "../../Corpus/archive/letters/transport-fireworks-review.txt"
};
static const unsigned char file_10[] = {
#embed "../../Corpus/archive/reports/employee-assistance.md"
};
static const unsigned char file_11[] = {
#embed "../../Corpus/archive/letters/rdec-data-request-measures.md"
};
static const unsigned char file_12[] = {
#embed "../../Corpus/archive/reports/idle-space-survey.docx"
};
static const unsigned char file_13[] = {
#embed "../../Corpus/archive/reports/document-timeliness-q3.txt"
};
static const unsigned char file_14[] = {
#embed "../../Models/endpoints/llama-cpp.yaml"
};
static const unsigned char file_15[] = {
#embed "../../Models/endpoints/lm-studio.yaml"
};
static const unsigned char file_16[] = {
#embed "../../Models/endpoints/ollama.yaml"
};
static const unsigned char file_17[] = {
#embed "../../Models/endpoints/openai-compatible.yaml"
};
static const unsigned char file_18[] = {
#embed "../../Models/endpoints/vllm.yaml"
};
static const unsigned char file_19[] = {
#embed "../../Models/tables/NOTICE-Unicode.txt"
};

static const docket_embedded_file files[] = {
    {"Corpus/index.json", file_0, sizeof file_0},
    {"Corpus/meetings/chief-secretaries/064/transcript.vtt", file_1, sizeof file_1},
    {"Corpus/meetings/chief-secretaries/064/agenda.md", file_2, sizeof file_2},
    {"Corpus/meetings/chief-secretaries/064/attendance.csv", file_3, sizeof file_3},
    {"Corpus/meetings/chief-secretaries/063/minutes.txt", file_4, sizeof file_4},
    {"Corpus/meetings/chief-secretaries/064/minutes.txt", file_5, sizeof file_5},
    {"Corpus/rosters/agencies.csv", file_6, sizeof file_6},
    {"Corpus/rosters/persons.csv", file_7, sizeof file_7},
    {"Corpus/series/chief-secretaries.yaml", file_8, sizeof file_8},
    {"Corpus/archive/letters/transport-fireworks-review.txt", file_9, sizeof file_9},
    {"Corpus/archive/reports/employee-assistance.md", file_10, sizeof file_10},
    {"Corpus/archive/letters/rdec-data-request-measures.md", file_11, sizeof file_11},
    {"Corpus/archive/reports/idle-space-survey.docx", file_12, sizeof file_12},
    {"Corpus/archive/reports/document-timeliness-q3.txt", file_13, sizeof file_13},
    {"Models/endpoints/llama-cpp.yaml", file_14, sizeof file_14},
    {"Models/endpoints/lm-studio.yaml", file_15, sizeof file_15},
    {"Models/endpoints/ollama.yaml", file_16, sizeof file_16},
    {"Models/endpoints/openai-compatible.yaml", file_17, sizeof file_17},
    {"Models/endpoints/vllm.yaml", file_18, sizeof file_18},
    {"Models/tables/NOTICE-Unicode.txt", file_19, sizeof file_19},
};

size_t docket_embedded_count(void) { return sizeof files / sizeof files[0]; }

docket_embedded_file docket_embedded_at(size_t index) { return files[index]; }
