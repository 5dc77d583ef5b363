<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Galley::A1111</name>
    <message numerus="yes">
        <source>%1 answers and knows %n checkpoint(s).</source>
        <translation>
            <numerusform>%1 answers and knows %n checkpoint.</numerusform>
            <numerusform>%1 answers and knows %n checkpoints.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::ArtboardActions</name>
    <message numerus="yes">
        <source>Select %n tokens or more first.</source>
        <translation>
            <numerusform>Select a token or more first.</numerusform>
            <numerusform>Select %n tokens or more first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::BenchChart</name>
    <message numerus="yes">
        <source>%n requests, %1 failed</source>
        <translation>
            <numerusform>%n request, %1 failed</numerusform>
            <numerusform>%n requests, %1 failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::BenchCommand</name>
    <message numerus="yes">
        <source>%n pictures of either side cost up to %1 USD. Say --yes, or --budget USD, to spend it.</source>
        <translation>
            <numerusform>%n picture of either side costs up to %1 USD. Say --yes, or --budget USD, to spend it.</numerusform>
            <numerusform>%n pictures of either side cost up to %1 USD. Say --yes, or --budget USD, to spend it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::CanaryCard</name>
    <message numerus="yes">
        <source>%1 of %n renders</source>
        <translation>
            <numerusform>%1 of %n render</numerusform>
            <numerusform>%1 of %n renders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::CanaryJudge</name>
    <message numerus="yes">
        <source>%n more renders are wanted at this step.</source>
        <translation>
            <numerusform>%n more render is wanted at this step.</numerusform>
            <numerusform>%n more renders are wanted at this step.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing speaks against it after %n renders.</source>
        <translation>
            <numerusform>Nothing speaks against it after %n render.</numerusform>
            <numerusform>Nothing speaks against it after %n renders.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::CanaryMetrics</name>
    <message numerus="yes">
        <source>Picks: %n comparisons with the control are too few; %1 are the least.</source>
        <translation>
            <numerusform>Picks: %n comparison with the control is too little; %1 are the least.</numerusform>
            <numerusform>Picks: %n comparisons with the control are too few; %1 are the least.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::CompareActions</name>
    <message numerus="yes">
        <source>%n Star(s)</source>
        <translation>
            <numerusform>%n Star</numerusform>
            <numerusform>%n Stars</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n Pane(s)</source>
        <translation>
            <numerusform>%n Pane</numerusform>
            <numerusform>%n Panes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::CompareSet</name>
    <message numerus="yes">
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n star</numerusform>
            <numerusform>%n stars</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::CompareWorkspace</name>
    <message numerus="yes">
        <source>%n pane(s)</source>
        <translation>
            <numerusform>%n pane</numerusform>
            <numerusform>%n panes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You picked %1. %n comparison(s) were added to the preferences of models.</source>
        <translation>
            <numerusform>You picked %1. %n comparison was added to the preferences of models.</numerusform>
            <numerusform>You picked %1. %n comparisons were added to the preferences of models.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) of “%1” are not in the library any more; the others are shown.</source>
        <translation>
            <numerusform>%n picture of “%1” is not in the library any more; the others are shown.</numerusform>
            <numerusform>%n pictures of “%1” are not in the library any more; the others are shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::ContactSheet</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) cannot be read; the sheet says why in their place.</source>
        <translation>
            <numerusform>%n picture cannot be read; the sheet says why in its place.</numerusform>
            <numerusform>%n pictures cannot be read; the sheet says why in their place.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::ContactSheetCommand</name>
    <message numerus="yes">
        <source>%1: %n picture(s)</source>
        <translation>
            <numerusform>%1: %n picture</numerusform>
            <numerusform>%1: %n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::Csv</name>
    <message numerus="yes">
        <source>%n more findings of this kind are left out.</source>
        <translation>
            <numerusform>%n more finding of this kind is left out.</numerusform>
            <numerusform>%n more findings of this kind are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::DetailsPanel</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, and %n of unknown price</source>
        <translation>
            <numerusform>%1, and %n of unknown price</numerusform>
            <numerusform>%1, and %n of unknown price</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::DraftText</name>
    <message numerus="yes">
        <source>%n steps</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Seed %1, %n steps</source>
        <translation>
            <numerusform>Seed %1, %n step</numerusform>
            <numerusform>Seed %1, %n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::Drift</name>
    <message numerus="yes">
        <source>The final differs from the draft you approved in %n place(s): %1</source>
        <translation>
            <numerusform>The final differs from the draft you approved in %n place: %1</numerusform>
            <numerusform>The final differs from the draft you approved in %n places: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The final differs from a draft of it that was drawn anew in %n place(s): %1</source>
        <translation>
            <numerusform>The final differs from a draft of it that was drawn anew in %n place: %1</numerusform>
            <numerusform>The final differs from a draft of it that was drawn anew in %n places: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::DryRunPanel</name>
    <message numerus="yes">
        <source>None of the last %n requests would change model.</source>
        <translation>
            <numerusform>The last request would not change model.</numerusform>
            <numerusform>None of the last %n requests would change model.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of the last %n requests would change model:</source>
        <translation>
            <numerusform>%1 of the last %n requests would change model:</numerusform>
            <numerusform>%1 of the last %n requests would change model:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::FilterBar</name>
    <message numerus="yes">
        <source>%n stars or more</source>
        <translation>
            <numerusform>%n star or more</numerusform>
            <numerusform>%n stars or more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::FinalJob</name>
    <message numerus="yes">
        <source>Cancelled; %1 of %n pictures are finished and stay.</source>
        <translation>
            <numerusform>Cancelled; %1 of %n picture is finished and stays.</numerusform>
            <numerusform>Cancelled; %1 of %n pictures are finished and stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::FinalSheet</name>
    <message numerus="yes">
        <source>Render all %n rows</source>
        <translation>
            <numerusform>Render the %n row</numerusform>
            <numerusform>Render all %n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pictures</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows cannot be sent.</source>
        <translation>
            <numerusform>%n row cannot be sent.</numerusform>
            <numerusform>%n rows cannot be sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::Finals</name>
    <message numerus="yes">
        <source>%n renders are queued in the batch lane.</source>
        <translation>
            <numerusform>%n render is queued in the batch lane.</numerusform>
            <numerusform>%n renders are queued in the batch lane.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pictures were in the library already.</source>
        <translation>
            <numerusform>%n picture was in the library already.</numerusform>
            <numerusform>%n pictures were in the library already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pictures cannot be made again.</source>
        <translation>
            <numerusform>%n picture cannot be made again.</numerusform>
            <numerusform>%n pictures cannot be made again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::FinalsController</name>
    <message numerus="yes">
        <source>%n rows are in the queue.</source>
        <translation>
            <numerusform>%n row is in the queue.</numerusform>
            <numerusform>%n rows are in the queue.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more under Services and Keys.</source>
        <translation>
            <numerusform>%n more under Services and Keys.</numerusform>
            <numerusform>%n more under Services and Keys.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finals are being rendered.</source>
        <translation>
            <numerusform>%n final is being rendered.</numerusform>
            <numerusform>%n finals are being rendered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n that wait go on at the next start.</source>
        <translation>
            <numerusform>%n that waits goes on at the next start.</numerusform>
            <numerusform>%n that wait go on at the next start.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::FindingList</name>
    <message numerus="yes">
        <source>… and %n more.</source>
        <translation>
            <numerusform>… and %n more.</numerusform>
            <numerusform>… and %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::GeminiCall</name>
    <message numerus="yes">
        <source>%1 answers and knows %n models.</source>
        <translation>
            <numerusform>%1 answers and knows %n model.</numerusform>
            <numerusform>%1 answers and knows %n models.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::IdeogramCall</name>
    <message numerus="yes">
        <source>%1 withheld %2 of %n pictures for reasons of safety, and charges for them.</source>
        <translation>
            <numerusform>%1 withheld %2 of %n picture for reasons of safety, and charges for it.</numerusform>
            <numerusform>%1 withheld %2 of %n pictures for reasons of safety, and charges for them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::Inspector</name>
    <message numerus="yes">
        <source>%n tokens</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::IssueCollector</name>
    <message numerus="yes">
        <source>%n more problems in the rows are not listed.</source>
        <translation>
            <numerusform>%n more problem in the rows is not listed.</numerusform>
            <numerusform>%n more problems in the rows are not listed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::JobModel</name>
    <message numerus="yes">
        <source>%n pictures</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::LayoutScore</name>
    <message numerus="yes">
        <source>%n area(s) under text are busy.</source>
        <translation>
            <numerusform>%n area under text is busy.</numerusform>
            <numerusform>%n areas under text are busy.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::Library</name>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>%n star</numerusform>
            <numerusform>%n stars</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 pictures</source>
        <translation>
            <numerusform>%1 picture</numerusform>
            <numerusform>%1 pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The library is whole: %n picture(s) have been read.</source>
        <translation>
            <numerusform>The library is whole: %n picture has been read.</numerusform>
            <numerusform>The library is whole: %n pictures have been read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Everything that was found has been mended: %n thing(s).</source>
        <translation>
            <numerusform>Everything that was found has been mended: %n thing.</numerusform>
            <numerusform>Everything that was found has been mended: %n things.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) need attention.</source>
        <translation>
            <numerusform>%n thing needs attention.</numerusform>
            <numerusform>%n things need attention.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) have been written to %1.</source>
        <translation>
            <numerusform>%n picture has been written to %1.</numerusform>
            <numerusform>%n pictures have been written to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n damaged one(s) were left out.</source>
        <translation>
            <numerusform>%n damaged one was left out.</numerusform>
            <numerusform>%n damaged ones were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) have been taken in.</source>
        <translation>
            <numerusform>%n picture has been taken in.</numerusform>
            <numerusform>%n pictures have been taken in.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were here already and stayed as they are.</source>
        <translation>
            <numerusform>%n was here already and stayed as it is.</numerusform>
            <numerusform>%n were here already and stayed as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) that templates name by path are not in it.</source>
        <translation>
            <numerusform>%n image that templates name by path is not in it.</numerusform>
            <numerusform>%n images that templates name by path are not in it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n picture(s) in the bin nobody knows the model or the prompt any more.</source>
        <translation>
            <numerusform>Of %n picture in the bin nobody knows the model or the prompt any more.</numerusform>
            <numerusform>Of %n pictures in the bin nobody knows the model or the prompt any more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n render(s)</source>
        <translation>
            <numerusform>%n render</numerusform>
            <numerusform>%n renders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>So have %n choice(s) between pictures.</source>
        <translation>
            <numerusform>So has %n choice between pictures.</numerusform>
            <numerusform>So have %n choices between pictures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n saved search(es) are new.</source>
        <translation>
            <numerusform>%n saved search is new.</numerusform>
            <numerusform>%n saved searches are new.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::LibraryActions</name>
    <message numerus="yes">
        <source>Throw %n pictures into the bin</source>
        <translation>
            <numerusform>Throw %n picture into the bin</numerusform>
            <numerusform>Throw %n pictures into the bin</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take %n pictures out of the bin</source>
        <translation>
            <numerusform>Take %n picture out of the bin</numerusform>
            <numerusform>Take %n pictures out of the bin</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rate %n pictures</source>
        <translation>
            <numerusform>Rate %n picture</numerusform>
            <numerusform>Rate %n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Pick %n pictures</source>
        <translation>
            <numerusform>Pick %n picture</numerusform>
            <numerusform>Pick %n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %n pictures</source>
        <translation>
            <numerusform>Reject %n picture</numerusform>
            <numerusform>Reject %n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leave %n pictures undecided</source>
        <translation>
            <numerusform>Leave %n picture undecided</numerusform>
            <numerusform>Leave %n pictures undecided</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change the note of %n pictures</source>
        <translation>
            <numerusform>Change the note of %n picture</numerusform>
            <numerusform>Change the note of %n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change the tags of %n pictures</source>
        <translation>
            <numerusform>Change the tags of %n picture</numerusform>
            <numerusform>Change the tags of %n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Saved %n pictures.</source>
        <translation>
            <numerusform>Saved %n picture.</numerusform>
            <numerusform>Saved %n pictures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %n pictures as withdrawn? They stay in the library, with the word on them.</source>
        <translation>
            <numerusform>Mark %n picture as withdrawn? It stays in the library, with the word on it.</numerusform>
            <numerusform>Mark %n pictures as withdrawn? They stay in the library, with the word on them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take the mark of %n pictures away?</source>
        <translation>
            <numerusform>Take the mark of %n picture away?</numerusform>
            <numerusform>Take the mark of %n pictures away?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pictures are changed.</source>
        <translation>
            <numerusform>%n picture is changed.</numerusform>
            <numerusform>%n pictures are changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Render %n pictures again by the rules in force? They are queued in the batch lane and paid for where their model costs money; what the library has already costs nothing.</source>
        <translation>
            <numerusform>Render %n picture again by the rules in force? It is queued in the batch lane and paid for where its model costs money; what the library has already costs nothing.</numerusform>
            <numerusform>Render %n pictures again by the rules in force? They are queued in the batch lane and paid for where their model costs money; what the library has already costs nothing.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files are on the clipboard.</source>
        <translation>
            <numerusform>%n file is on the clipboard.</numerusform>
            <numerusform>%n files are on the clipboard.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n pictures in the bin for good, with their files? This cannot be taken back.</source>
        <translation>
            <numerusform>Delete %n picture in the bin for good, with its file? This cannot be taken back.</numerusform>
            <numerusform>Delete %n pictures in the bin for good, with their files? This cannot be taken back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pictures are deleted.</source>
        <translation>
            <numerusform>%n picture is deleted.</numerusform>
            <numerusform>%n pictures are deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The files of all %n chosen pictures are at hand now: drag them once more.</source>
        <translation>
            <numerusform>The file of the chosen picture is at hand now: drag it once more.</numerusform>
            <numerusform>The files of all %n chosen pictures are at hand now: drag them once more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::LibraryCommand</name>
    <message numerus="yes">
        <source>%1 of %n pictures.</source>
        <translation>
            <numerusform>%1 of %n picture.</numerusform>
            <numerusform>%1 of %n pictures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more are left out here; --json has all.</source>
        <translation>
            <numerusform>%n more is left out here; --json has all.</numerusform>
            <numerusform>%n more are left out here; --json has all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::LibraryFilters</name>
    <message numerus="yes">
        <source>%n stars or more</source>
        <translation>
            <numerusform>%n star or more</numerusform>
            <numerusform>%n stars or more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::LocalModelRow</name>
    <message numerus="yes">
        <source>%n steps</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::LocalModels</name>
    <message numerus="yes">
        <source>MB · %n s left</source>
        <translation>
            <numerusform>MB · %n s left</numerusform>
            <numerusform>MB · %n s left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>MB · %n min left</source>
        <translation>
            <numerusform>MB · %n min left</numerusform>
            <numerusform>MB · %n min left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::LocalModelsPanel</name>
    <message numerus="yes">
        <source>The SHA-256 of %n files of %1 are kept from now on.</source>
        <translation>
            <numerusform>The SHA-256 of %n file of %1 is kept from now on.</numerusform>
            <numerusform>The SHA-256 of %n files of %1 are kept from now on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n files of %1 are byte for byte what they were.</source>
        <translation>
            <numerusform>The %n file of %1 is byte for byte what it was.</numerusform>
            <numerusform>All %n files of %1 are byte for byte what they were.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::ModelsPage</name>
    <message numerus="yes">
        <source>%n models are known.</source>
        <translation>
            <numerusform>%n model is known.</numerusform>
            <numerusform>%n models are known.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::PictureSaver</name>
    <message numerus="yes">
        <source>Save %n Pictures into a Folder</source>
        <translation>
            <numerusform>Save %n Picture into a Folder</numerusform>
            <numerusform>Save %n Pictures into a Folder</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::Preferences</name>
    <message numerus="yes">
        <source>%n pick(s)</source>
        <translation>
            <numerusform>%n pick</numerusform>
            <numerusform>%n picks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::QueueActions</name>
    <message numerus="yes">
        <source>it cancels %n that run; the service may bill them all the same.</source>
        <translation>
            <numerusform>it cancels %n that runs; the service may bill it all the same.</numerusform>
            <numerusform>it cancels %n that run; the service may bill them all the same.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It holds %n that wait.</source>
        <translation>
            <numerusform>It holds %n that waits.</numerusform>
            <numerusform>It holds %n that wait.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel all %n that run or wait?</source>
        <translation>
            <numerusform>Cancel the %n that runs or waits?</numerusform>
            <numerusform>Cancel all %n that run or wait?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are already sent and may be billed all the same.</source>
        <translation>
            <numerusform>%n is already sent and may be billed all the same.</numerusform>
            <numerusform>%n are already sent and may be billed all the same.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::QueueDrawer</name>
    <message numerus="yes">
        <source>%n more wait for an answer.</source>
        <translation>
            <numerusform>%n more waits for an answer.</numerusform>
            <numerusform>%n more wait for an answer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::QuoteView</name>
    <message numerus="yes">
        <source>%1 for %n pictures</source>
        <translation>
            <numerusform>%1 for %n picture</numerusform>
            <numerusform>%1 for %n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::RemoteCall</name>
    <message numerus="yes">
        <source>%1 sent %n pictures instead of %2.</source>
        <translation>
            <numerusform>%1 sent %n picture instead of %2.</numerusform>
            <numerusform>%1 sent %n pictures instead of %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::RenderJob</name>
    <message numerus="yes">
        <source>Cancelled; %1 of %n pictures are finished and stay.</source>
        <translation>
            <numerusform>Cancelled; %1 of %n picture is finished and stays.</numerusform>
            <numerusform>Cancelled; %1 of %n pictures are finished and stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::Router</name>
    <message numerus="yes">
        <source>%n requests wait for %1, and more than %2 go to %3.</source>
        <translation>
            <numerusform>%n request waits for %1, and more than %2 go to %3.</numerusform>
            <numerusform>%n requests wait for %1, and more than %2 go to %3.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::RoutesActions</name>
    <message numerus="yes">
        <source>%n canaries run. Which one is taken back with the next decision?</source>
        <translation>
            <numerusform>%n canary runs. Which one is taken back with the next decision?</numerusform>
            <numerusform>%n canaries run. Which one is taken back with the next decision?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pictures were made by %1: they are marked.</source>
        <translation>
            <numerusform>%n picture was made by %1: it is marked.</numerusform>
            <numerusform>%n pictures were made by %1: they are marked.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::RoutesCommand</name>
    <message numerus="yes">
        <source>%n pictures are marked as made by what was withdrawn.</source>
        <translation>
            <numerusform>%n picture is marked as made by what was withdrawn.</numerusform>
            <numerusform>%n pictures are marked as made by what was withdrawn.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of the last %n requests would go to another model.</source>
        <translation>
            <numerusform>%1 of the last %n request would go to another model.</numerusform>
            <numerusform>%1 of the last %n requests would go to another model.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::RoutesText</name>
    <message numerus="yes">
        <source>over %n waiting</source>
        <translation>
            <numerusform>over %n waiting</numerusform>
            <numerusform>over %n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::RuleModel</name>
    <message numerus="yes">
        <source>%n decisions in the last 24 hours.</source>
        <translation>
            <numerusform>%n decision in the last 24 hours.</numerusform>
            <numerusform>%n decisions in the last 24 hours.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::RulesPanel</name>
    <message numerus="yes">
        <source>%n errors</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rules</source>
        <translation>
            <numerusform>%n rule</numerusform>
            <numerusform>%n rules</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::SlotForm</name>
    <message numerus="yes">
        <source>Defaults (%n rows)</source>
        <translation>
            <numerusform>Defaults (%n row)</numerusform>
            <numerusform>Defaults (%n rows)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::StatusLine</name>
    <message numerus="yes">
        <source>%n issues</source>
        <translation>
            <numerusform>%n issue</numerusform>
            <numerusform>%n issues</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n threads</source>
        <translation>
            <numerusform>%1, %n thread</numerusform>
            <numerusform>%1, %n threads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::TemplateFile</name>
    <message numerus="yes">
        <source>(%n more finding(s); galley check lists them.)</source>
        <translation>
            <numerusform>(%n more finding; galley check lists it.)</numerusform>
            <numerusform>(%n more findings; galley check lists them.)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::TokenEditor</name>
    <message numerus="yes">
        <source>%n tokens</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
</context>
</TS>
