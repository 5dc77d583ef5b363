<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
    <name>Galley::DraftText</name>
    <message numerus="yes">
        <source>%n steps</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
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
