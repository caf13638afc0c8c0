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
#embed "../../Models/keyphrases/card.yaml"
};
static const unsigned char file_20[] = {
#embed "../../Models/keyphrases/weights.json"
};
static const unsigned char file_21[] = {
#embed "../../Models/prompts/abstract/card.yaml"
};
static const unsigned char file_22[] = {
#embed "../../Models/prompts/abstract/en.txt"
};
static const unsigned char file_23[] = {
#embed "../../Models/prompts/abstract/schema.json"
};
static const unsigned char file_24[] = {
#embed "../../Models/prompts/abstract/zh-Hant.txt"
};
static const unsigned char file_25[] = {
#embed "../../Models/prompts/answer/card.yaml"
};
static const unsigned char file_26[] = {
#embed "../../Models/prompts/answer/en.txt"
};
static const unsigned char file_27[] = {
#embed "../../Models/prompts/answer/schema.json"
};
static const unsigned char file_28[] = {
#embed "../../Models/prompts/answer/zh-Hant.txt"
};
static const unsigned char file_29[] = {
#embed "../../Models/prompts/merge/card.yaml"
};
static const unsigned char file_30[] = {
#embed "../../Models/prompts/merge/en.txt"
};
static const unsigned char file_31[] = {
#embed "../../Models/prompts/merge/schema.json"
};
static const unsigned char file_32[] = {
#embed "../../Models/prompts/merge/zh-Hant.txt"
};
static const unsigned char file_33[] = {
#embed "../../Models/prompts/merge-conclusions/card.yaml"
};
static const unsigned char file_34[] = {
#embed "../../Models/prompts/merge-conclusions/en.txt"
};
static const unsigned char file_35[] = {
#embed "../../Models/prompts/merge-conclusions/schema.json"
};
static const unsigned char file_36[] = {
#embed "../../Models/prompts/merge-conclusions/zh-Hant.txt"
};
static const unsigned char file_37[] = {
#embed "../../Models/prompts/merge-title/card.yaml"
};
static const unsigned char file_38[] = {
#embed "../../Models/prompts/merge-title/en.txt"
};
static const unsigned char file_39[] = {
#embed "../../Models/prompts/merge-title/schema.json"
};
static const unsigned char file_40[] = {
#embed "../../Models/prompts/merge-title/zh-Hant.txt"
};
static const unsigned char file_41[] = {
#embed "../../Models/prompts/minutes-item/card.yaml"
};
static const unsigned char file_42[] = {
#embed "../../Models/prompts/minutes-item/en.txt"
};
static const unsigned char file_43[] = {
#embed "../../Models/prompts/minutes-item/schema.json"
};
static const unsigned char file_44[] = {
#embed "../../Models/prompts/minutes-item/zh-Hant.txt"
};
static const unsigned char file_45[] = {
#embed "../../Models/prompts/repair/card.yaml"
};
static const unsigned char file_46[] = {
#embed "../../Models/prompts/repair/en.txt"
};
static const unsigned char file_47[] = {
#embed "../../Models/prompts/repair/schema.json"
};
static const unsigned char file_48[] = {
#embed "../../Models/prompts/repair/zh-Hant.txt"
};
static const unsigned char file_49[] = {
#embed "../../Models/prompts/rules/card.yaml"
};
static const unsigned char file_50[] = {
#embed "../../Models/prompts/rules/en.txt"
};
static const unsigned char file_51[] = {
#embed "../../Models/prompts/rules/zh-Hant.txt"
};
static const unsigned char file_52[] = {
#embed "../../Models/prompts/speaker-digest/card.yaml"
};
static const unsigned char file_53[] = {
#embed "../../Models/prompts/speaker-digest/en.txt"
};
static const unsigned char file_54[] = {
#embed "../../Models/prompts/speaker-digest/schema.json"
};
static const unsigned char file_55[] = {
#embed "../../Models/prompts/speaker-digest/zh-Hant.txt"
};
static const unsigned char file_56[] = {
#embed "../../Models/prompts/subject/card.yaml"
};
static const unsigned char file_57[] = {
#embed "../../Models/prompts/subject/en.txt"
};
static const unsigned char file_58[] = {
#embed "../../Models/prompts/subject/schema.json"
};
static const unsigned char file_59[] = {
#embed "../../Models/prompts/subject/zh-Hant.txt"
};
static const unsigned char file_60[] = {
#embed "../../Models/prompts/summary/card.yaml"
};
static const unsigned char file_61[] = {
#embed "../../Models/prompts/summary/en.txt"
};
static const unsigned char file_62[] = {
#embed "../../Models/prompts/summary/schema.json"
};
static const unsigned char file_63[] = {
#embed "../../Models/prompts/summary/zh-Hant.txt"
};
static const unsigned char file_64[] = {
#embed "../../Models/prompts/title/card.yaml"
};
static const unsigned char file_65[] = {
#embed "../../Models/prompts/title/en.txt"
};
static const unsigned char file_66[] = {
#embed "../../Models/prompts/title/schema.json"
};
static const unsigned char file_67[] = {
#embed "../../Models/prompts/title/zh-Hant.txt"
};
static const unsigned char file_68[] = {
#embed "../../Models/prompts/version.txt"
};
static const unsigned char file_69[] = {
#embed "../../Models/subjects/card.yaml"
};
static const unsigned char file_70[] = {
#embed "../../Models/subjects/weights.json"
};
static const unsigned char file_71[] = {
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
    {"Models/keyphrases/card.yaml", file_19, sizeof file_19},
    {"Models/keyphrases/weights.json", file_20, sizeof file_20},
    {"Models/prompts/abstract/card.yaml", file_21, sizeof file_21},
    {"Models/prompts/abstract/en.txt", file_22, sizeof file_22},
    {"Models/prompts/abstract/schema.json", file_23, sizeof file_23},
    {"Models/prompts/abstract/zh-Hant.txt", file_24, sizeof file_24},
    {"Models/prompts/answer/card.yaml", file_25, sizeof file_25},
    {"Models/prompts/answer/en.txt", file_26, sizeof file_26},
    {"Models/prompts/answer/schema.json", file_27, sizeof file_27},
    {"Models/prompts/answer/zh-Hant.txt", file_28, sizeof file_28},
    {"Models/prompts/merge/card.yaml", file_29, sizeof file_29},
    {"Models/prompts/merge/en.txt", file_30, sizeof file_30},
    {"Models/prompts/merge/schema.json", file_31, sizeof file_31},
    {"Models/prompts/merge/zh-Hant.txt", file_32, sizeof file_32},
    {"Models/prompts/merge-conclusions/card.yaml", file_33, sizeof file_33},
    {"Models/prompts/merge-conclusions/en.txt", file_34, sizeof file_34},
    {"Models/prompts/merge-conclusions/schema.json", file_35, sizeof file_35},
    {"Models/prompts/merge-conclusions/zh-Hant.txt", file_36, sizeof file_36},
    {"Models/prompts/merge-title/card.yaml", file_37, sizeof file_37},
    {"Models/prompts/merge-title/en.txt", file_38, sizeof file_38},
    {"Models/prompts/merge-title/schema.json", file_39, sizeof file_39},
    {"Models/prompts/merge-title/zh-Hant.txt", file_40, sizeof file_40},
    {"Models/prompts/minutes-item/card.yaml", file_41, sizeof file_41},
    {"Models/prompts/minutes-item/en.txt", file_42, sizeof file_42},
    {"Models/prompts/minutes-item/schema.json", file_43, sizeof file_43},
    {"Models/prompts/minutes-item/zh-Hant.txt", file_44, sizeof file_44},
    {"Models/prompts/repair/card.yaml", file_45, sizeof file_45},
    {"Models/prompts/repair/en.txt", file_46, sizeof file_46},
    {"Models/prompts/repair/schema.json", file_47, sizeof file_47},
    {"Models/prompts/repair/zh-Hant.txt", file_48, sizeof file_48},
    {"Models/prompts/rules/card.yaml", file_49, sizeof file_49},
    {"Models/prompts/rules/en.txt", file_50, sizeof file_50},
    {"Models/prompts/rules/zh-Hant.txt", file_51, sizeof file_51},
    {"Models/prompts/speaker-digest/card.yaml", file_52, sizeof file_52},
    {"Models/prompts/speaker-digest/en.txt", file_53, sizeof file_53},
    {"Models/prompts/speaker-digest/schema.json", file_54, sizeof file_54},
    {"Models/prompts/speaker-digest/zh-Hant.txt", file_55, sizeof file_55},
    {"Models/prompts/subject/card.yaml", file_56, sizeof file_56},
    {"Models/prompts/subject/en.txt", file_57, sizeof file_57},
    {"Models/prompts/subject/schema.json", file_58, sizeof file_58},
    {"Models/prompts/subject/zh-Hant.txt", file_59, sizeof file_59},
    {"Models/prompts/summary/card.yaml", file_60, sizeof file_60},
    {"Models/prompts/summary/en.txt", file_61, sizeof file_61},
    {"Models/prompts/summary/schema.json", file_62, sizeof file_62},
    {"Models/prompts/summary/zh-Hant.txt", file_63, sizeof file_63},
    {"Models/prompts/title/card.yaml", file_64, sizeof file_64},
    {"Models/prompts/title/en.txt", file_65, sizeof file_65},
    {"Models/prompts/title/schema.json", file_66, sizeof file_66},
    {"Models/prompts/title/zh-Hant.txt", file_67, sizeof file_67},
    {"Models/prompts/version.txt", file_68, sizeof file_68},
    {"Models/subjects/card.yaml", file_69, sizeof file_69},
    {"Models/subjects/weights.json", file_70, sizeof file_70},
    {"Models/tables/NOTICE-Unicode.txt", file_71, sizeof file_71},
};

size_t docket_embedded_count(void) { return sizeof files / sizeof files[0]; }

docket_embedded_file docket_embedded_at(size_t index) { return files[index]; }
