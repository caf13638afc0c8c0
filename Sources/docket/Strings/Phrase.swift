import Foundation

/// Every text that the command line shows to people, by name; one catalogue a language holds the words.
enum Phrase: String, CaseIterable {
    case rootAbstract, rootDiscussion, optionLibrary, optionJSON, optionLang,
        optionBy, optionQuiet, initAbstract, initName, initCeiling,
        initDone, addAbstract, addFiles, addKind, addClassification,
        addScope, addTitle, addDate, addMeeting, addRole,
        addDone, addDuplicate, addRecords, addRoster, addSeries,
        listAbstract, listWhat, listKind, listSeries, listLimit,
        listPage, listState, listMore, listEmpty, showAbstract,
        showID, showText, inspectAbstract, inspectFile, draftAbstract,
        draftMinutesAbstract, draftTranscript, draftAgenda, draftAttendance, draftSeries,
        draftOrdinal, draftSummaryAbstract, draftDigestAbstract, draftTitleAbstract, draftSource,
        draftLength, draftSegment, draftStored, draftCoverage, checkAbstract,
        checkID, checkClaims, checkClean, checkBlocking, reasonMatched, reasonNothing, reviewAbstract,
        reviewID, reviewAction, reviewClaim, reviewText, reviewFile,
        reviewReason, reviewDespite, reviewRevision, reviewEdited, reviewApproved, reviewRejected,
        reviewNothing, reviewNeedsEdit, reviewBlocked, setAbstract, setFields,
        setDone, setForm, setUnknown, withdrawAbstract, withdrawAuthority, withdrawDone,
        searchAbstract, searchQuery, searchKind, searchAgency, searchFrom,
        searchTo, searchStatus, searchOrder, searchBatch, searchNone,
        searchTotal, searchCapped, searchFacets, searchExplain, searchLiteral, searchToday, searchUnderstood,
        searchCondition, searchPreference, searchAlternatives, searchNarrow, searchMatter, searchAny,
        searchWithoutConditions, searchParsed, searchNewer, searchAlike, searchTracked, searchKindDate,
        searchKindSeries, searchKindMeeting, searchKindItem, searchKindNumber, searchKindAgency, searchKindPerson,
        searchKindDecision, searchKindSynonym, searchKindSpelling, searchDidYouMean, searchRelated, exportAbstract,
        exportFormat,
        exportOutput, predictAbstract, predictTask, predictIn, predictOut,
        predictField, predictCorpus, predictVocabulary, predictTrain, predictDone, reindexAbstract, reindexDone,
        doctorAbstract, doctorTool, doctorState, doctorNote, doctorFound,
        doctorMissing, doctorLibrary, doctorAudit, doctorOriginals, doctorFixity,
        doctorLost, doctorDamaged, doctorBreak, doctorInstall, doctorGood,
        doctorNoLibrary, demoAbstract, demoKeep, demoIntro, demoStepAdd,
        demoStepEarlier, demoStepDraft, demoStepOfficial, demoStepSearch, demoFiles,
        demoDraftFile, demoRemoved, documentationAbstract, columnID, columnKind,
        columnDate, columnTitle, columnState, columnRevision, columnSeries,
        columnOrdinal, columnNumber, columnScope, columnMeetings, columnText,
        columnRule, columnSeverity, columnPlace, columnMessage, severityError,
        severityWarning, severityInformation, verdictSupported, verdictContradicted, verdictUnsupported,
        labelPassages, labelSegments, labelOutline, labelSpeakers, labelConclusions,
        labelTracking, labelCorrections, labelFindings, labelReader, labelRecords,
        labelEncoding, labelBytes, labelLanguage, labelClassification, labelWhy,
        trackOpen, trackReleased, actionRelease, actionContinue, actionOpen,
        failNoFile, failKind, failValue, failNoID, failLine,
        failWrite, failOutput, failOption, failDate,
        failCount, failUnexpected, failFolder, sumAdded, progressAdding,
        progressReindex, progressPredict,
        optionEngine, optionEndpoint, draftSubjectAbstract, draftAbstractAbstract,
        progressDrafting, doctorEndpoint, doctorEndpointLine, doctorCheckReachable,
        doctorCheckModel, doctorCheckContext, doctorCheckTokens, doctorCheckStructuredOutput,
        doctorCheckSpeed, doctorCheckSeed, doctorWell, doctorFailed, doctorWarning, doctorSkipped,
        doctorIndex, doctorIndexCut, doctorIndexOutdated, labelLaterCorrections, withdrawnLine,
        columnActor, columnAuthority, columnReason, addName, addVocabulary, addVocabularySame, failName, columnName,
        columnVersion, columnConcepts, columnLabels, columnLanguages

    // Batches and workers.
    case jobsAbstract, jobsListAbstract, jobsState, jobsBatch, jobsBatchesAbstract, jobsShowAbstract, jobsID,
        jobsNames, jobsAll, jobsPauseAbstract, jobsResumeAbstract, jobsCancelAbstract, jobsRetryAbstract,
        jobsPriorityAbstract, jobsPriority, jobsNone, jobsCounts, jobsPaused, jobsResumed, jobsCancelled,
        jobsRetried, jobsPrioritised, jobsNextTry, jobsSteps, jobWaiting, jobLeased, jobPaused, jobParked, jobDone,
        jobFailed, jobCancelled, columnProgress, columnNote, columnJobs, labelJob, labelBatch, labelEngine,
        labelPriority, labelTokens, labelTries, labelRequester, labelResult, labelTimes, batchQueue, batchAll,
        batchKind, batchSeries, batchFrom, batchTo, batchAgain, batchTitle, batchPriority, batchQueued, batchKnown,
        batchNothing, batchOneOnly, batchSources, workAbstract, workConcurrency, workWatch, workPatience, workLabel,
        workPace, workLeft, workFailed, workRetry, workParked, workResumed, workLost, workStopping, workEnd,
        workReleased, workStillParked

    // Saved searches and lists of searches.
    case searchCSV, listUnused, progressSearch, failTogether, failNeeds, failWords, savedSave,
        savedReplace, savedRun, savedSinceLast, savedList, savedForget, savedDone, savedForgotten, newsNew,
        newsChanged, newsSince, newsFirst, newsLeft, newsCapped, newsIncomplete, columnQuery, columnTotal,
        columnMeeting, columnBest, columnRank, columnAgencies, columnExternal, columnFilters,
        columnLastTold, columnQueryID, columnRemark

    /// The words in the language of this run, with `{1}`, `{2}` … replaced by `values` in order.
    func callAsFunction(_ values: String...) -> String { words(in: Language.current, values) }

    /// The words in one language.
    func words(in language: Language, _ values: [String] = []) -> String {
        let template =
            switch language {
            case .zhHant: zhHant
            case .en: en
            }
        var result = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            let after = rest[rest.index(after: open)...]
            if let close = after.firstIndex(of: "}"), let number = Int(after[..<close]),
                values.indices.contains(number - 1)
            {
                result += values[number - 1]
                rest = after[after.index(after: close)...]
            } else {
                result += "{"
                rest = after
            }
        }
        return result + rest
    }
}
