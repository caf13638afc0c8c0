PRAGMA application_id = 1145260884;
PRAGMA user_version = 1;
CREATE TABLE anchor (
    ts TEXT NOT NULL PRIMARY KEY, heads TEXT NOT NULL, prevHash TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TABLE audit (
    bucket INTEGER NOT NULL, chain INTEGER NOT NULL, seq INTEGER NOT NULL, ts TEXT NOT NULL,
    actor TEXT NOT NULL, action TEXT NOT NULL, object TEXT NOT NULL, detail TEXT NOT NULL,
    prevHash TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (bucket, chain, seq)
) STRICT;
CREATE TABLE citation (
    bucket INTEGER NOT NULL, draft TEXT NOT NULL, revision INTEGER NOT NULL, claim INTEGER NOT NULL,
    n INTEGER NOT NULL, source TEXT NOT NULL, version INTEGER NOT NULL, firstByte INTEGER NOT NULL,
    endByte INTEGER NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (bucket, draft, revision, claim, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE container (
    bucket INTEGER NOT NULL, sha256 TEXT NOT NULL, collection TEXT NOT NULL, origin TEXT NOT NULL,
    lastLine INTEGER NOT NULL, complete INTEGER NOT NULL, ts TEXT NOT NULL,
    PRIMARY KEY (bucket, sha256, collection)
) STRICT;
CREATE TABLE dead (
    part INTEGER NOT NULL, segment INTEGER NOT NULL, bitmap BLOB NOT NULL, PRIMARY KEY (part, segment)
) STRICT, WITHOUT ROWID;
CREATE TABLE draft (
    bucket INTEGER NOT NULL, id TEXT NOT NULL, source TEXT NOT NULL, revision INTEGER NOT NULL,
    state TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL,
    classification INTEGER NOT NULL, scope TEXT NOT NULL, ownClassification INTEGER NOT NULL,
    ownScope TEXT NOT NULL, engine TEXT NOT NULL, createdAt TEXT NOT NULL, createdBy TEXT NOT NULL,
    lockedHash TEXT, withdrawn INTEGER NOT NULL,
    PRIMARY KEY (bucket, id)
) STRICT;
CREATE TABLE draftRevision (
    bucket INTEGER NOT NULL, draft TEXT NOT NULL, revision INTEGER NOT NULL, state TEXT NOT NULL,
    actor TEXT NOT NULL, ts TEXT NOT NULL, note TEXT NOT NULL, content INTEGER NOT NULL,
    textHash TEXT NOT NULL, body TEXT, PRIMARY KEY (bucket, draft, revision)
) STRICT;
CREATE TABLE draftSource (
    bucket INTEGER NOT NULL, draft TEXT NOT NULL, source TEXT NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (bucket, draft, source)
) STRICT, WITHOUT ROWID;
CREATE TABLE indexKey (
    part INTEGER NOT NULL, source TEXT NOT NULL, name TEXT NOT NULL, doc INTEGER NOT NULL,
    PRIMARY KEY (part, source, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE indexPart (
    part INTEGER NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, nextSegment INTEGER NOT NULL, format INTEGER NOT NULL,
    owner TEXT NOT NULL, epoch INTEGER NOT NULL, leaseUntil INTEGER NOT NULL
) STRICT;
CREATE TABLE indexed (
    part INTEGER NOT NULL, doc INTEGER NOT NULL, facts BLOB NOT NULL, PRIMARY KEY (part, doc)
) STRICT, WITHOUT ROWID;
CREATE TABLE item (
    bucket INTEGER NOT NULL, series TEXT NOT NULL, reference TEXT NOT NULL, id TEXT NOT NULL,
    meetingNumber INTEGER NOT NULL, itemNumber INTEGER NOT NULL, state TEXT NOT NULL,
    openedBy TEXT NOT NULL, classification INTEGER NOT NULL, scope TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (bucket, series, reference)
) STRICT;
CREATE TABLE itemAction (
    bucket INTEGER NOT NULL, series TEXT NOT NULL, source TEXT NOT NULL, n INTEGER NOT NULL,
    meeting TEXT NOT NULL, reference TEXT NOT NULL, action TEXT NOT NULL, scope TEXT NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY (bucket, series, source, n)
) STRICT;
CREATE TABLE job (
    id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, priority INTEGER NOT NULL,
    owner TEXT NOT NULL, epoch INTEGER NOT NULL, leaseUntil TEXT NOT NULL, attempts INTEGER NOT NULL,
    step TEXT NOT NULL, payload BLOB NOT NULL, error TEXT NOT NULL, ts TEXT NOT NULL
) STRICT;
CREATE TABLE length (
    part INTEGER NOT NULL, segment INTEGER NOT NULL, column INTEGER NOT NULL, chunk INTEGER NOT NULL,
    numbers BLOB NOT NULL, PRIMARY KEY (part, segment, column, chunk)
) STRICT, WITHOUT ROWID;
CREATE TABLE meeting (
    bucket INTEGER NOT NULL, id TEXT NOT NULL, series TEXT NOT NULL, ordinal INTEGER, date TEXT NOT NULL,
    revision INTEGER NOT NULL, createdAt TEXT NOT NULL,
    PRIMARY KEY (bucket, id)
) STRICT;
CREATE TABLE meetingSource (
    bucket INTEGER NOT NULL, meeting TEXT NOT NULL, source TEXT NOT NULL, role TEXT NOT NULL,
    classification INTEGER NOT NULL, scope TEXT NOT NULL, withdrawn INTEGER NOT NULL, ts TEXT NOT NULL,
    actor TEXT NOT NULL, PRIMARY KEY (bucket, meeting, source)
) STRICT, WITHOUT ROWID;
CREATE TABLE migration (
    name TEXT NOT NULL, phase TEXT NOT NULL, cursor TEXT, ranAt TEXT NOT NULL,
    PRIMARY KEY (name, phase)
) STRICT, WITHOUT ROWID;
CREATE TABLE passage (
    bucket INTEGER NOT NULL, source TEXT NOT NULL, version INTEGER NOT NULL, n INTEGER NOT NULL,
    kind TEXT NOT NULL, firstByte INTEGER NOT NULL, endByte INTEGER NOT NULL, level INTEGER, speaker TEXT,
    timeStart INTEGER, timeEnd INTEGER, locator TEXT, mark TEXT,
    PRIMARY KEY (bucket, source, version, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE posting (
    part INTEGER NOT NULL, segment INTEGER NOT NULL, term TEXT NOT NULL, block INTEGER NOT NULL,
    n INTEGER NOT NULL, firstDoc INTEGER NOT NULL, lastDoc INTEGER NOT NULL, maxScore REAL NOT NULL,
    docs BLOB NOT NULL, positions BLOB NOT NULL, PRIMARY KEY (part, segment, term, block)
) STRICT, WITHOUT ROWID;
CREATE TABLE rare (
    part INTEGER NOT NULL, segment INTEGER NOT NULL, term TEXT NOT NULL, terms BLOB NOT NULL,
    PRIMARY KEY (part, segment, term)
) STRICT, WITHOUT ROWID;
CREATE TABLE recent (
    part INTEGER NOT NULL, seq INTEGER NOT NULL, replaced INTEGER, terms BLOB,
    PRIMARY KEY (part, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE reserve (
    bucket INTEGER NOT NULL, namespace TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL,
    PRIMARY KEY (bucket, namespace, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE roster (
    name TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, ts TEXT NOT NULL, actor TEXT NOT NULL,
    PRIMARY KEY (name, version)
) STRICT;
CREATE TABLE segment (
    part INTEGER NOT NULL, id INTEGER NOT NULL, fromDoc INTEGER NOT NULL, toDoc INTEGER NOT NULL,
    docs INTEGER NOT NULL, dead INTEGER NOT NULL, bytes INTEGER NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (part, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE series (
    id TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, ts TEXT NOT NULL, actor TEXT NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;
CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE source (
    bucket INTEGER NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, state TEXT NOT NULL,
    classification INTEGER NOT NULL, scope TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
    language TEXT NOT NULL, date TEXT NOT NULL, version INTEGER NOT NULL, agency TEXT NOT NULL,
    series TEXT NOT NULL, ordinal INTEGER, collection TEXT NOT NULL, external TEXT, sha256 TEXT NOT NULL,
    line INTEGER, facts TEXT, addedAt TEXT NOT NULL, addedBy TEXT NOT NULL,
    PRIMARY KEY (bucket, id)
) STRICT;
CREATE TABLE sourceRevision (
    bucket INTEGER NOT NULL, source TEXT NOT NULL, revision INTEGER NOT NULL, ts TEXT NOT NULL,
    actor TEXT NOT NULL, reason TEXT NOT NULL, changes TEXT NOT NULL,
    PRIMARY KEY (bucket, source, revision)
) STRICT;
CREATE TABLE step (
    bucket INTEGER NOT NULL, source TEXT NOT NULL, key TEXT NOT NULL, engine TEXT NOT NULL, ts TEXT NOT NULL,
    result BLOB NOT NULL, PRIMARY KEY (bucket, source, key)
) STRICT;
CREATE TABLE structure (
    bucket INTEGER NOT NULL, source TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
    segments TEXT NOT NULL, PRIMARY KEY (bucket, source, version)
) STRICT;
CREATE TABLE textVersion (
    bucket INTEGER NOT NULL, source TEXT NOT NULL, version INTEGER NOT NULL, text TEXT NOT NULL,
    origin TEXT, findings TEXT, ts TEXT NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (bucket, source, version)
) STRICT;
CREATE TABLE tombstone (
    bucket INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, authority TEXT NOT NULL,
    reason TEXT NOT NULL, ts TEXT NOT NULL, actor TEXT NOT NULL,
    PRIMARY KEY (bucket, kind, id)
) STRICT;
CREATE INDEX auditByObject ON audit (bucket, chain, object, seq);
CREATE INDEX citationBySource ON citation (source, version);
CREATE INDEX draftBySource ON draftSource (source);
CREATE INDEX draftByTime ON draft (createdAt, id);
CREATE INDEX itemActionByMeeting ON itemAction (bucket, series, meeting);
CREATE INDEX itemActionByReference ON itemAction (bucket, series, reference);
CREATE INDEX itemByMeeting ON item (bucket, series, meetingNumber);
CREATE INDEX itemByOpening ON item (bucket, series, openedBy);
CREATE INDEX jobByState ON job (state, priority, id);
CREATE INDEX meetingByDate ON meeting (date, id);
CREATE INDEX meetingBySource ON meetingSource (source);
CREATE UNIQUE INDEX meetingOrdinal ON meeting (bucket, series, ordinal) WHERE ordinal IS NOT NULL;
CREATE INDEX sourceByDate ON source (state, date, id);
CREATE INDEX sourceByKind ON source (state, kind, date, id);
CREATE INDEX sourceBySeries ON source (state, series, date, id) WHERE series <> '';
INSERT INTO "anchor" VALUES ('2023-11-14T22:13:20.000Z', '{"0":{"hash":"606cb58c090b5ea88604f16bfc5a6b18967688a488b167cbd272626ae3af540d","sequence":1}}', '0000000000000000000000000000000000000000000000000000000000000000', '9b0ab962a2b4e56ffc406170a473c0e5c2db79b2c9bb046d2d0d711a8526e04b');
INSERT INTO "audit" VALUES (0, 0, 1, '2023-11-14T22:13:20.000Z', 'cli:clerk', 'library.create', 'library', '{"ceiling":"internal"}', '0000000000000000000000000000000000000000000000000000000000000000', '606cb58c090b5ea88604f16bfc5a6b18967688a488b167cbd272626ae3af540d');
INSERT INTO "audit" VALUES (0, 0, 10, '2023-11-14T22:13:20.000Z', 'cli:clerk', 'withdraw', 'source:01HCOMPATGONE0000000000000', '{"authority":"府授檔字第2號","drafts":"unapproved"}', 'db7c28ef0653a21d800a2927ba2a0a935e7795bb5ef59801eb0bedfc131f91a0', '0d91b68493a200e8c9941b75779b335bb2183e27e33401939e0bbd5526e59f83');
INSERT INTO "audit" VALUES (0, 0, 11, '2023-11-14T22:13:20.000Z', 'cli:clerk', 'source.addRecords', 'container:ce349f4de90c85b412e25f2f0a5da44f88182415c127b3d43c8f8fed7b846f5a', '{"collection":"csl","file":"records.jsonl"}', '0d91b68493a200e8c9941b75779b335bb2183e27e33401939e0bbd5526e59f83', 'f03d95ffe35caa2b66da790d16904fc94ac0657c4f28560be8a56ef60995500b');
INSERT INTO "audit" VALUES (0, 0, 12, '2023-11-14T22:13:20.000Z', 'cli:clerk', 'source.addRecords', 'container:ce349f4de90c85b412e25f2f0a5da44f88182415c127b3d43c8f8fed7b846f5a', '{"complete":"true","ids":"7698544a2c89d9da48121da61f00689bb9cc840f0768796676d9ef220efc360b","rejected":"0","stored":"1","throughLine":"1"}', 'f03d95ffe35caa2b66da790d16904fc94ac0657c4f28560be8a56ef60995500b', '71435a3994681c099ff83a7b69e5b28ae7800d3b67119dc7233d41f40f10634b');
INSERT INTO "audit" VALUES (0, 0, 2, '2023-11-14T22:13:20.000Z', 'cli:clerk', 'series.put', 'series:chiefs', '{"version":"1"}', '606cb58c090b5ea88604f16bfc5a6b18967688a488b167cbd272626ae3af540d', 'b26d6c33c195119103696228c65c1299c406019c7cc66933dc0bb61e9c96f818');
INSERT INTO "audit" VALUES (0, 0, 3, '2023-11-14T22:13:20.000Z', 'cli:clerk', 'roster.put', 'roster:agencies', '{"agencies":"1","persons":"0","version":"1"}', 'b26d6c33c195119103696228c65c1299c406019c7cc66933dc0bb61e9c96f818', 'a2b967e86d6972851c442bf739c79f7924bd84c2840e41a36761f18004693f00');
INSERT INTO "audit" VALUES (0, 0, 4, '2023-11-14T22:13:20.000Z', 'cli:clerk', 'source.add', 'source:01HCOMPATMINUTES0000000000', '{"classification":"internal","kind":"minutes","original":"37532828cfadd5912e466b8220834f89039031a309caa47bc930786e20922728"}', 'a2b967e86d6972851c442bf739c79f7924bd84c2840e41a36761f18004693f00', '8cc61f49447f981fdb276dc64821a6e11cb30dd2f5a802509d5dc54998dcb040');
INSERT INTO "audit" VALUES (0, 0, 5, '2023-11-14T22:13:20.000Z', 'cli:clerk', 'source.add', 'source:01HCOMPATLETTER00000000000', '{"classification":"internal","kind":"letter","original":"1f00c340e6017f2a186097769bcbdb161109529d390c494548a7d928e7698780"}', '8cc61f49447f981fdb276dc64821a6e11cb30dd2f5a802509d5dc54998dcb040', '5711efb8a9dc4bfef88edcd281284c24f4ecd0bb4b42fc6c7d7629ce5cb1164c');
INSERT INTO "audit" VALUES (0, 0, 6, '2023-11-14T22:13:20.000Z', 'cli:clerk', 'source.set', 'source:01HCOMPATLETTER00000000000', '{"fields":"title,code","revision":"2"}', '5711efb8a9dc4bfef88edcd281284c24f4ecd0bb4b42fc6c7d7629ce5cb1164c', '30280a9c431c2463bf3b2f57145b7a7f9ebe7cce925136e50a681ed7d87c27b6');
INSERT INTO "audit" VALUES (0, 0, 7, '2023-11-14T22:13:20.000Z', 'system', 'draft.generate', 'draft:01HCOMPATDRAFT000000000000', '{"engine":"d3128236d8cc1ccf2f0a791bd1313a0ec5719c25e8969366e1dd475365af8fe9","kind":"summary","sources":"1"}', '30280a9c431c2463bf3b2f57145b7a7f9ebe7cce925136e50a681ed7d87c27b6', '3dedbe0defd6fb60cbcd883d8e7cbd05f2dcd140a9443153bf18f3241a406f76');
INSERT INTO "audit" VALUES (0, 0, 8, '2023-11-14T22:13:20.000Z', 'cli:clerk', 'draft.approve', 'draft:01HCOMPATDRAFT000000000000', '{"revision":"2","state":"approved","text":"8dbbb44e5a0b7c83c934ff9a8f42efa2f21fe881760d69613bbe8ea50953198a"}', '3dedbe0defd6fb60cbcd883d8e7cbd05f2dcd140a9443153bf18f3241a406f76', 'a47d9e46fbd525bb0f3de17c7fc067069065df4eab40df362c55db57fcc7df25');
INSERT INTO "audit" VALUES (0, 0, 9, '2023-11-14T22:13:20.000Z', 'cli:clerk', 'source.add', 'source:01HCOMPATGONE0000000000000', '{"classification":"internal","kind":"document","original":"5af1ff850cc157c3f61e9d7e79cfedaa3f44563bb43e8a91fff71f39dded9c40"}', 'a47d9e46fbd525bb0f3de17c7fc067069065df4eab40df362c55db57fcc7df25', 'db7c28ef0653a21d800a2927ba2a0a935e7795bb5ef59801eb0bedfc131f91a0');
INSERT INTO "citation" VALUES (92, '01HCOMPATDRAFT000000000000', 1, 0, 0, '01HCOMPATLETTER00000000000', 1, 0, 21, '3cc12b087a01f14b73f64191552fae003c86f37adb9ef0f7e0a4b50bad01a5e5');
INSERT INTO "container" VALUES (51, 'ce349f4de90c85b412e25f2f0a5da44f88182415c127b3d43c8f8fed7b846f5a', 'csl', '{"byteCount":7,"fileName":"records.jsonl","mediaType":"application/x-ndjson","reader":"records/1","sha256":"ce349f4de90c85b412e25f2f0a5da44f88182415c127b3d43c8f8fed7b846f5a"}', 1, 1, '2023-11-14T22:13:20.000Z');
INSERT INTO "draft" VALUES (92, '01HCOMPATDRAFT000000000000', '01HCOMPATLETTER00000000000', 2, 'approved', 'summary', '摘要', 'zh-Hant', 1, '', 1, '', 'd3128236d8cc1ccf2f0a791bd1313a0ec5719c25e8969366e1dd475365af8fe9', '2023-11-14T22:13:20.000Z', 'system', '8dbbb44e5a0b7c83c934ff9a8f42efa2f21fe881760d69613bbe8ea50953198a', 0);
INSERT INTO "draftRevision" VALUES (92, '01HCOMPATDRAFT000000000000', 1, 'suggested', 'system', '2023-11-14T22:13:20.000Z', '', 1, '8dbbb44e5a0b7c83c934ff9a8f42efa2f21fe881760d69613bbe8ea50953198a', '{"draft":{"blocks":[{"claims":[{"citations":[{"span":{"end":21,"source":"01HCOMPATLETTER00000000000","start":0,"version":1},"words":"3cc12b087a01f14b73f64191552fae003c86f37adb9ef0f7e0a4b50bad01a5e5"}],"derivation":"verbatim","number":0,"text":"請資訊局辦理。"}],"kind":"paragraph","label":"","level":0}],"classification":"internal","coverage":[{"passage":0,"source":"01HCOMPATLETTER00000000000","use":"used"}],"createdAt":"2024-01-02T00:00:00Z","engine":{"name":"extractive","version":"1"},"id":"01HCOMPATDRAFT000000000000","kind":"summary","language":"zh-Hant","scope":"","sources":["01HCOMPATLETTER00000000000"],"title":"摘要"},"findings":[],"verdicts":[{"claim":0,"reasons":[],"verdict":"supported"}]}');
INSERT INTO "draftRevision" VALUES (92, '01HCOMPATDRAFT000000000000', 2, 'approved', 'cli:clerk', '2023-11-14T22:13:20.000Z', '', 1, '8dbbb44e5a0b7c83c934ff9a8f42efa2f21fe881760d69613bbe8ea50953198a', NULL);
INSERT INTO "draftSource" VALUES (92, '01HCOMPATDRAFT000000000000', '01HCOMPATLETTER00000000000', 0);
INSERT INTO "indexPart" VALUES (0, 0, 1, 1, '', 0, 0);
INSERT INTO "item" VALUES (32, 'chiefs', '9-1', '01M7YQAM51WZE4Y41YHCTKEJ5W', 9, 1, 'open', '01HCOMPATMINUTES0000000000', 1, '', '{"item":{"addressees":["資訊局"],"classification":"internal","due":[],"findings":[],"id":"01M7YQAM51WZE4Y41YHCTKEJ5W","isNumberProposed":false,"itemNumber":1,"meetingNumber":9,"opening":{"action":"open","date":"2024-01-02","meeting":"01M7YQAM4SDZR6C74BW0ENYWKY","ordinal":9,"path":"貳.一.1","span":{"end":19,"source":"01HCOMPATMINUTES0000000000","start":0,"version":1}},"parts":[{"history":[{"action":"open","date":"2024-01-02","meeting":"01M7YQAM4SDZR6C74BW0ENYWKY","ordinal":9,"path":"貳.一.1","span":{"end":19,"source":"01HCOMPATMINUTES0000000000","start":0,"version":1}}],"state":"open"}],"reference":"9-1","scope":"","series":"chiefs","state":"open","text":"open列管編號9-1"},"silentReleases":[]}');
INSERT INTO "itemAction" VALUES (32, 'chiefs', '01HCOMPATMINUTES0000000000', 0, '01M7YQAM4SDZR6C74BW0ENYWKY', '9-1', 'open', '', '{"action":"open","classification":"internal","isNumberProposed":false,"opening":{"addressees":["資訊局"],"asksGroup":false,"due":[],"text":"open列管編號9-1"},"path":"貳.一.1","reference":"9-1","source":"01HCOMPATMINUTES0000000000","sourceScope":"","span":{"end":19,"source":"01HCOMPATMINUTES0000000000","start":0,"version":1}}');
INSERT INTO "meeting" VALUES (32, '01M7YQAM4SDZR6C74BW0ENYWKY', 'chiefs', 9, '2024-01-02', 1, '2023-11-14T22:13:20.000Z');
INSERT INTO "meetingSource" VALUES (32, '01M7YQAM4SDZR6C74BW0ENYWKY', '01HCOMPATMINUTES0000000000', 'minutes', 1, '', 0, '2023-11-14T22:13:20.000Z', 'cli:clerk');
INSERT INTO "migration" VALUES ('baseline', 'add', NULL, '2023-11-14T22:13:20.000Z');
INSERT INTO "passage" VALUES (105, '01HCOMPATMINUTES0000000000', 1, 0, 'utterance', 0, 20, 2, '甲', 0, 900, '{"box":[1,2,3.5,4],"page":1}', NULL);
INSERT INTO "passage" VALUES (105, '01HCOMPATMINUTES0000000000', 1, 1, 'utterance', 20, 52, NULL, NULL, 1000, 1900, NULL, NULL);
INSERT INTO "passage" VALUES (63, '01HCOMPATRECORD00000000000', 1, 0, 'utterance', 0, 8, 2, '甲', 0, 900, '{"box":[1,2,3.5,4],"page":1}', NULL);
INSERT INTO "passage" VALUES (79, '01HCOMPATGONE0000000000000', 1, 0, 'utterance', 0, 7, 2, '甲', 0, 900, '{"box":[1,2,3.5,4],"page":1}', NULL);
INSERT INTO "passage" VALUES (92, '01HCOMPATLETTER00000000000', 1, 0, 'utterance', 0, 22, 2, '甲', 0, 900, '{"box":[1,2,3.5,4],"page":1}', NULL);
INSERT INTO "passage" VALUES (92, '01HCOMPATLETTER00000000000', 1, 1, 'utterance', 22, 32, NULL, NULL, 1000, 1900, NULL, NULL);
INSERT INTO "reserve" VALUES (10, 'draft', '01HCOMPATDRAFT000000000000', '01HCOMPATLETTER00000000000');
INSERT INTO "reserve" VALUES (105, 'original', '1f00c340e6017f2a186097769bcbdb161109529d390c494548a7d928e7698780', '01HCOMPATLETTER00000000000');
INSERT INTO "reserve" VALUES (11, 'original', '5af1ff850cc157c3f61e9d7e79cfedaa3f44563bb43e8a91fff71f39dded9c40', '01HCOMPATGONE0000000000000');
INSERT INTO "reserve" VALUES (112, 'original', '37532828cfadd5912e466b8220834f89039031a309caa47bc930786e20922728', '01HCOMPATMINUTES0000000000');
INSERT INTO "reserve" VALUES (114, 'external', '3:csl:r1', '01HCOMPATRECORD00000000000');
INSERT INTO "reserve" VALUES (123, 'item', '6:chiefs:9-1', '01M7YQAM51WZE4Y41YHCTKEJ5W');
INSERT INTO "reserve" VALUES (96, 'meeting', '01M7YQAM4SDZR6C74BW0ENYWKY', 'chiefs');
INSERT INTO "roster" VALUES ('agencies', 1, '{"agencies":[{"aliases":[],"id":"it","officialName":"青嵐市政府資訊局","shortNames":["資訊局"]}],"persons":[]}', '2023-11-14T22:13:20.000Z', 'cli:clerk');
INSERT INTO "series" VALUES ('chiefs', 1, '{"generalTitle":"綜合會議結論","hostAgency":"青嵐市政府秘書處","id":"chiefs","language":"zh-Hant","name":"主任秘書會報","outcomeLabel":"會議結論"}', '2023-11-14T22:13:20.000Z', 'cli:clerk');
INSERT INTO "setting" VALUES ('configuration', '{"busyTimeoutMilliseconds":10000,"ceiling":"internal","maximumTextBytes":268435456,"name":"相容","review":{"blockingSeverities":["error"],"blockingVerdicts":["unsupported","contradicted"],"toleratedRules":[]},"tracking":{"openMeetings":6,"releaseWithoutEvidence":"error"}}');
INSERT INTO "source" VALUES (105, '01HCOMPATMINUTES0000000000', 1, 'live', 1, '', 'minutes', '第9次主任秘書會報紀錄', 'zh-Hant', '2024-01-02', 1, '', 'chiefs', NULL, '', NULL, '37532828cfadd5912e466b8220834f89039031a309caa47bc930786e20922728', NULL, NULL, '2023-11-14T22:13:20.000Z', 'cli:clerk');
INSERT INTO "source" VALUES (63, '01HCOMPATRECORD00000000000', 1, 'live', 1, '', 'record', '題名', 'zh-Hant', '', 1, '', '', NULL, 'csl', 'r1', 'ce349f4de90c85b412e25f2f0a5da44f88182415c127b3d43c8f8fed7b846f5a', 1, NULL, '2023-11-14T22:13:20.000Z', 'cli:clerk');
INSERT INTO "source" VALUES (79, '01HCOMPATGONE0000000000000', 2, 'withdrawn', 1, '', 'document', '', 'zh-Hant', '', 1, '', '', NULL, '', NULL, '5af1ff850cc157c3f61e9d7e79cfedaa3f44563bb43e8a91fff71f39dded9c40', NULL, NULL, '2023-11-14T22:13:20.000Z', 'cli:clerk');
INSERT INTO "source" VALUES (92, '01HCOMPATLETTER00000000000', 2, 'live', 1, '', 'letter', '函（更正）', 'zh-Hant', '', 1, '', '', NULL, '', NULL, '1f00c340e6017f2a186097769bcbdb161109529d390c494548a7d928e7698780', NULL, '{"code":"府授字第1號"}', '2023-11-14T22:13:20.000Z', 'cli:clerk');
INSERT INTO "sourceRevision" VALUES (92, '01HCOMPATLETTER00000000000', 2, '2023-11-14T22:13:20.000Z', 'cli:clerk', '', '[{"field":"title","from":"函","to":"函（更正）"},{"field":"code","from":"","to":"府授字第1號"}]');
INSERT INTO "structure" VALUES (105, '01HCOMPATMINUTES0000000000', 1, '{"findings":[],"minutes":{"attendance":[],"conclusions":[{"addressees":[{"agency":"資訊局","role":"lead","words":{"end":19,"start":0,"text":"open列管編號9-1"}}],"due":[],"itemPath":"貳.一","label":"會議結論","path":"貳.一.1","text":{"end":19,"start":0,"text":"open列管編號9-1"},"trackingNumbers":[],"types":["assign"]}],"corrections":[],"declaredCounts":[],"issuer":"青嵐市政府","items":[],"ordinal":9,"sections":[],"series":"主任秘書會報","statements":[],"trackingActions":[{"action":"open","conclusionPath":"貳.一.1","isNumberProposed":false,"reference":"9-1","words":{"end":19,"start":0,"text":"open列管編號9-1"}}]},"outline":[],"tables":[]}', '[]');
INSERT INTO "textVersion" VALUES (105, '01HCOMPATMINUTES0000000000', 1, 'open列管編號9-1
第9次主任秘書會報紀錄
', '{"byteCount":52,"encoding":"UTF-8","fileName":"file.txt","mediaType":"text/plain","reader":"plain-text/1","sha256":"37532828cfadd5912e466b8220834f89039031a309caa47bc930786e20922728"}', NULL, '2023-11-14T22:13:20.000Z', 'cli:clerk', '');
INSERT INTO "textVersion" VALUES (63, '01HCOMPATRECORD00000000000', 1, '第1筆
', NULL, NULL, '2023-11-14T22:13:20.000Z', 'cli:clerk', '');
INSERT INTO "textVersion" VALUES (79, '01HCOMPATGONE0000000000000', 1, '誤收
', '{"byteCount":7,"encoding":"UTF-8","fileName":"file.txt","mediaType":"text/plain","reader":"plain-text/1","sha256":"5af1ff850cc157c3f61e9d7e79cfedaa3f44563bb43e8a91fff71f39dded9c40"}', NULL, '2023-11-14T22:13:20.000Z', 'cli:clerk', '');
INSERT INTO "textVersion" VALUES (92, '01HCOMPATLETTER00000000000', 1, '請資訊局辦理。
備查。
', '{"byteCount":32,"encoding":"UTF-8","fileName":"file.txt","mediaType":"text/plain","reader":"plain-text/1","sha256":"1f00c340e6017f2a186097769bcbdb161109529d390c494548a7d928e7698780"}', NULL, '2023-11-14T22:13:20.000Z', 'cli:clerk', '');
INSERT INTO "tombstone" VALUES (79, 'source', '01HCOMPATGONE0000000000000', '府授檔字第2號', '', '2023-11-14T22:13:20.000Z', 'cli:clerk');
