<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Galley</name>
    <message>
        <source>%1 is %2 bytes long; the limit is %3.</source>
        <translation>%1 ist %2 Bytes lang; die Grenze ist %3.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>%1:%2: This is not valid JSON near column %3. Mend it there, or restore an earlier copy.</source>
        <translation>%1:%2: Bei Spalte %3 ist das kein gültiges JSON. Berichtigen Sie es dort, oder stellen Sie eine frühere Kopie wieder her.</translation>
    </message>
    <message>
        <source>The drawing worker answered with something else than was asked (%1). The picture was not used.</source>
        <translation>Der Zeichenprozess hat etwas anderes geantwortet als gefragt (%1). Das Bild wurde nicht verwendet.</translation>
    </message>
    <message>
        <source>The drawing worker did not introduce itself. Install Galley again.</source>
        <translation>Der Zeichenprozess hat sich nicht gemeldet. Installieren Sie Galley neu.</translation>
    </message>
    <message>
        <source>The drawing worker speaks version %1 of the protocol, this Galley version %2. Install both from one release.</source>
        <translation>Der Zeichenprozess spricht Version %1 des Protokolls, dieses Galley Version %2. Installieren Sie beide aus einer Ausgabe.</translation>
    </message>
    <message>
        <source>model %1 instead of %2</source>
        <translation>Modell %1 statt %2</translation>
    </message>
    <message>
        <source>revision %1 instead of %2</source>
        <translation>Stand %1 statt %2</translation>
    </message>
    <message>
        <source>another seed</source>
        <translation>ein anderer Startwert</translation>
    </message>
    <message>
        <source>another number of steps</source>
        <translation>eine andere Zahl von Schritten</translation>
    </message>
    <message>
        <source>a picture of %1 × %2 pixels instead of %3 × %4</source>
        <translation>ein Bild von %1 × %2 statt %3 × %4 Pixeln</translation>
    </message>
    <message>
        <source>no vectors</source>
        <translation>keine Vektoren</translation>
    </message>
    <message>
        <source>another number of vectors</source>
        <translation>eine andere Zahl von Vektoren</translation>
    </message>
    <message>
        <source>a vector that is not a number</source>
        <translation>ein Vektor, der keine Zahl ist</translation>
    </message>
    <message>
        <source>The drawing worker could not do this and did not say why.</source>
        <translation>Der Zeichenprozess konnte dies nicht tun und hat nicht gesagt, warum.</translation>
    </message>
    <message>
        <source>The drawing worker sent something that is not an answer. It will be started again.</source>
        <translation>Der Zeichenprozess hat etwas gesandt, das keine Antwort ist. Er wird neu gestartet.</translation>
    </message>
    <message>
        <source>This request is too large for the drawing worker. Shorten the words or take a smaller picture.</source>
        <translation>Diese Anfrage ist zu groß für den Zeichenprozess. Kürzen Sie die Wörter, oder nehmen Sie ein kleineres Bild.</translation>
    </message>
    <message>
        <source>%1 is larger than %2 MB. Make it smaller.</source>
        <translation>%1 ist größer als %2 MB. Verkleinern Sie die Datei.</translation>
    </message>
    <message>
        <source>%1 is no image that can be read here. Use PNG, JPEG, WebP, TIFF, GIF or BMP.</source>
        <translation>%1 ist kein Bild, das hier gelesen werden kann. Nehmen Sie PNG, JPEG, WebP, TIFF, GIF oder BMP.</translation>
    </message>
    <message>
        <source>%1 has %2 × %3 pixels; the limit is %4 million. Make it smaller.</source>
        <translation>%1 hat %2 × %3 Pixel; die Grenze ist %4 Millionen. Verkleinern Sie es.</translation>
    </message>
    <message>
        <source>%1 is damaged: %2.</source>
        <translation>%1 ist beschädigt: %2.</translation>
    </message>
    <message>
        <source>%1 has too many pixels. Make it smaller.</source>
        <translation>%1 hat zu viele Pixel. Verkleinern Sie es.</translation>
    </message>
    <message>
        <source>The image %1 does not exist.</source>
        <translation>Das Bild %1 gibt es nicht.</translation>
    </message>
    <message>
        <source>The image %1 cannot be read: %2.</source>
        <translation>Das Bild %1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>%1 konnte nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>This build of Galley has no drawing worker. Take clip art, or build galley-worker.</source>
        <translation>Dieser Bau von Galley hat keinen Zeichenprozess. Nehmen Sie Klippbilder, oder bauen Sie galley-worker.</translation>
    </message>
    <message>
        <source>The draft model is not installed. Take clip art, or install Galley again.</source>
        <translation>Das Entwurfsmodell ist nicht installiert. Nehmen Sie Klippbilder, oder installieren Sie Galley neu.</translation>
    </message>
    <message>
        <source>Generated</source>
        <translation>Erzeugt</translation>
    </message>
    <message>
        <source>This model has at most %1 steps, so %2 were not possible.</source>
        <translation>Dieses Modell hat höchstens %1 Schritte; %2 waren daher nicht möglich.</translation>
    </message>
    <message>
        <source>%1 cannot be drawn in %2 steps; it has 1 to %3.</source>
        <translation>%1 kann nicht in %2 Schritten gezeichnet werden; es hat 1 bis %3.</translation>
    </message>
    <message>
        <source>Clip art: %1</source>
        <translation>Klippbild: %1</translation>
    </message>
    <message>
        <source>The clip-art pack is missing. Install Galley again.</source>
        <translation>Die Sammlung der Klippbilder fehlt. Installieren Sie Galley neu.</translation>
    </message>
    <message>
        <source>The clip-art pack has nothing for “%1”. Try other words, or take Generated.</source>
        <translation>Die Sammlung der Klippbilder hat nichts für „%1“. Versuchen Sie andere Wörter, oder nehmen Sie Erzeugt.</translation>
    </message>
    <message>
        <source>The draft model cannot be used: %1</source>
        <translation>Das Entwurfsmodell kann nicht benutzt werden: %1</translation>
    </message>
    <message>
        <source>%1 % sure, %2 % needed</source>
        <translation>%1 % sicher, %2 % nötig</translation>
    </message>
    <message>
        <source>The draft model knows these words (%1).</source>
        <translation>Das Entwurfsmodell kennt diese Wörter (%1).</translation>
    </message>
    <message>
        <source>The draft model is not sure about these words (%1), but there is no clip art for them.</source>
        <translation>Das Entwurfsmodell ist bei diesen Wörtern nicht sicher (%1), doch es gibt kein Klippbild dafür.</translation>
    </message>
    <message>
        <source>The draft model is not sure about these words (%1).</source>
        <translation>Das Entwurfsmodell ist bei diesen Wörtern nicht sicher (%1).</translation>
    </message>
    <message>
        <source>My image</source>
        <translation>Mein Bild</translation>
    </message>
    <message>
        <source>The clipboard holds no tokens. Copy tokens on an artboard first.</source>
        <translation>Die Zwischenablage enthält keine Elemente. Kopieren Sie zuerst Elemente auf einer Zeichenfläche.</translation>
    </message>
    <message>
        <source>The clipboard</source>
        <translation>Die Zwischenablage</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Motiv</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>Überschrift</translation>
    </message>
    <message>
        <source>Subhead</source>
        <translation>Unterzeile</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Fließtext</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Bildunterschrift</translation>
    </message>
    <message>
        <source>Call to action</source>
        <translation>Handlungsaufruf</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>Logo</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <source>%1 was written by another version of Galley.</source>
        <translation>%1 wurde von einer anderen Version von Galley geschrieben.</translation>
    </message>
    <message>
        <source>%1 is damaged and cannot be restored.</source>
        <translation>%1 ist beschädigt und kann nicht wiederhergestellt werden.</translation>
    </message>
    <message>
        <source>&quot;%1&quot;: after # stands the number of a row, counted from 1.</source>
        <translation>„%1“: Hinter # steht die Nummer einer Zeile, gezählt ab 1.</translation>
    </message>
    <message>
        <source>--slot %1: write it as name=value.</source>
        <translation>--slot %1: Schreiben Sie es als name=wert.</translation>
    </message>
    <message>
        <source>--slot %1: the template has no slot of that name; it has %2.</source>
        <translation>--slot %1: Die Vorlage hat kein Feld dieses Namens; sie hat %2.</translation>
    </message>
    <message>
        <source>%1 has a header line but no rows.</source>
        <translation>%1 hat eine Kopfzeile, aber keine Zeilen.</translation>
    </message>
    <message>
        <source>%1 has %2 rows, so there is no row %3.</source>
        <translation>%1 hat %2 Zeilen, also gibt es keine Zeile %3.</translation>
    </message>
    <message>
        <source>%1: say with --template which template these rows are for.</source>
        <translation>%1: Sagen Sie mit --template, für welche Vorlage diese Zeilen sind.</translation>
    </message>
    <message>
        <source>Files of this kind cannot be checked in this version; it checks *.galley and *.csv.</source>
        <translation>Dateien dieser Art können in dieser Version nicht geprüft werden; sie prüft *.galley und *.csv.</translation>
    </message>
    <message>
        <source>Nothing is wrong.</source>
        <translation>Alles ist in Ordnung.</translation>
    </message>
    <message>
        <source>Nothing is wrong with these %1 files.</source>
        <translation>Diese %1 Dateien sind in Ordnung.</translation>
    </message>
    <message>
        <source>&quot;galley %1&quot; is not in this version yet.</source>
        <translation>„galley %1“ gibt es in dieser Version noch nicht.</translation>
    </message>
    <message>
        <source>%1. &quot;galley %2 --help&quot; shows how.</source>
        <translation>%1. „galley %2 --help“ zeigt, wie es geht.</translation>
    </message>
    <message>
        <source>There is no dialect &quot;%1&quot;; there are %2.</source>
        <translation>Es gibt keinen Dialekt „%1“; es gibt %2.</translation>
    </message>
    <message>
        <source>%1 has %2 rows; name the one to compile, such as %1#1.</source>
        <translation>%1 hat %2 Zeilen; nennen Sie die gewünschte, etwa %1#1.</translation>
    </message>
    <message>
        <source>--model %1: remote and larger local models are not configured in this version; it draws with galley-draft.</source>
        <translation>--model %1: Entfernte und größere eigene Modelle sind in dieser Version nicht eingerichtet; sie zeichnet mit galley-draft.</translation>
    </message>
    <message>
        <source>--fidelity %1: remote models are not configured in this version; it draws with fidelity draft.</source>
        <translation>--fidelity %1: Entfernte Modelle sind in dieser Version nicht eingerichtet; sie zeichnet mit der Stufe draft.</translation>
    </message>
    <message>
        <source>--source %1: take auto, generated or clip-art.</source>
        <translation>--source %1: Nehmen Sie auto, generated oder clip-art.</translation>
    </message>
    <message>
        <source>--seed %1: seeds are 0 to 2147483647.</source>
        <translation>--seed %1: Startwerte sind 0 bis 2147483647.</translation>
    </message>
    <message>
        <source>--size %1: write it as WIDTHxHEIGHT, at most %2 a side.</source>
        <translation>--size %1: Schreiben Sie es als BREITExHÖHE, höchstens %2 je Seite.</translation>
    </message>
    <message>
        <source>--size %1 has another shape than the canvas of %2x%3; %4x%5 would fit.</source>
        <translation>--size %1 hat eine andere Form als die Arbeitsfläche von %2x%3; %4x%5 würde passen.</translation>
    </message>
    <message>
        <source>Row %1: &quot;%2&quot; in the column _file is no file name.</source>
        <translation>Zeile %1: „%2“ in der Spalte _file ist kein Dateiname.</translation>
    </message>
    <message>
        <source>%1 is one of the files that are read; choose another name.</source>
        <translation>%1 ist eine der gelesenen Dateien; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Row %1: an earlier row is called %2 too.</source>
        <translation>Zeile %1: Eine frühere Zeile heißt auch %2.</translation>
    </message>
    <message>
        <source>Say with -o where the picture goes: a .png file, or a folder for all rows.</source>
        <translation>Sagen Sie mit -o, wohin das Bild soll: eine .png-Datei, oder ein Ordner für alle Zeilen.</translation>
    </message>
    <message>
        <source>%1 has %2 rows, and %3 is one file. Name one row, such as %1#1, or give a folder.</source>
        <translation>%1 hat %2 Zeilen, und %3 ist eine Datei. Nennen Sie eine Zeile, etwa %1#1, oder geben Sie einen Ordner an.</translation>
    </message>
    <message>
        <source>-o %1: pictures are written as PNG; let the name end with .png, or name a folder with a / at its end.</source>
        <translation>-o %1: Bilder werden als PNG geschrieben; lassen Sie den Namen auf .png enden, oder nennen Sie einen Ordner mit / am Ende.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Image missing</source>
        <translation>Bild fehlt</translation>
    </message>
</context>
<context>
    <name>Galley::AboutDialog</name>
    <message>
        <source>About Galley</source>
        <translation>Über Galley</translation>
    </message>
    <message>
        <source>Design templates, draft them here, render them anywhere, compare what came back.</source>
        <translation>Vorlagen gestalten, hier entwerfen, irgendwo rechnen lassen, vergleichen, was zurückkommt.</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later, with a permission to link NVIDIA&apos;s CUDA libraries. It comes without any warranty.</source>
        <translation>Freie Software unter der GNU General Public License, Version 3 oder später, mit der Erlaubnis, die CUDA-Bibliotheken von NVIDIA einzubinden. Ohne jede Gewährleistung.</translation>
    </message>
    <message>
        <source>What is inside, and its licences</source>
        <translation>Was enthalten ist, und unter welchen Lizenzen</translation>
    </message>
</context>
<context>
    <name>Galley::Artboard</name>
    <message>
        <source>%1: locked. Unlock it to move it.</source>
        <translation>%1: gesperrt. Entsperren Sie es, um es zu bewegen.</translation>
    </message>
    <message>
        <source>Artboard</source>
        <translation>Zeichenfläche</translation>
    </message>
    <message>
        <source>%1 is locked. Unlock it to edit it.</source>
        <translation>%1 ist gesperrt. Entsperren Sie es, um es zu bearbeiten.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>x %1, y %2, %3 wide, %4 high</source>
        <translation>x %1, y %2, %3 breit, %4 hoch</translation>
    </message>
</context>
<context>
    <name>Galley::ArtboardActions</name>
    <message>
        <source>Select a token first.</source>
        <translation>Wählen Sie zuerst ein Element aus.</translation>
    </message>
    <message numerus="yes">
        <source>Select %n tokens or more first.</source>
        <translation>
            <numerusform>Wählen Sie zuerst %n Element oder mehr aus.</numerusform>
            <numerusform>Wählen Sie zuerst %n Elemente oder mehr aus.</numerusform>
        </translation>
    </message>
    <message>
        <source>What is selected is locked. Unlock it to edit it.</source>
        <translation>Das Ausgewählte ist gesperrt. Entsperren Sie es, um es zu bearbeiten.</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Pick, move and resize tokens. Alt-click picks what lies below, Alt-drag carries a copy away.</source>
        <translation>Elemente wählen, bewegen und in der Größe ändern. Alt-Klick wählt, was darunter liegt; Alt-Ziehen nimmt eine Kopie mit.</translation>
    </message>
    <message>
        <source>Draw a new token: %1. Enter places it without the mouse.</source>
        <translation>Ein neues Element zeichnen: %1. Die Eingabetaste setzt es ohne Maus.</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Ausschneiden</translation>
    </message>
    <message>
        <source>Copy the selected tokens and delete them.</source>
        <translation>Die ausgewählten Elemente kopieren und löschen.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the selected tokens, with the slots that they use; they can be pasted into another window.</source>
        <translation>Die ausgewählten Elemente kopieren, mit den Feldern, die sie benutzen; sie lassen sich in ein anderes Fenster einfügen.</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Paste tokens from the clipboard.</source>
        <translation>Elemente aus der Zwischenablage einfügen.</translation>
    </message>
    <message>
        <source>The clipboard holds no tokens. Copy tokens on an artboard first.</source>
        <translation>Die Zwischenablage enthält keine Elemente. Kopieren Sie zuerst Elemente auf einer Zeichenfläche.</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Verdoppeln</translation>
    </message>
    <message>
        <source>Put a copy of the selected tokens beside them.</source>
        <translation>Eine Kopie der ausgewählten Elemente daneben legen.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete the selected tokens.</source>
        <translation>Die ausgewählten Elemente löschen.</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Select every token that is visible and not locked.</source>
        <translation>Alle Elemente auswählen, die sichtbar und nicht gesperrt sind.</translation>
    </message>
    <message>
        <source>Edit Content</source>
        <translation>Inhalt bearbeiten</translation>
    </message>
    <message>
        <source>Edit the words of the selected token.</source>
        <translation>Die Wörter des ausgewählten Elements bearbeiten.</translation>
    </message>
    <message>
        <source>Hide or Show</source>
        <translation>Aus- oder einblenden</translation>
    </message>
    <message>
        <source>Hide the selected tokens, or show them again.</source>
        <translation>Die ausgewählten Elemente ausblenden, oder wieder zeigen.</translation>
    </message>
    <message>
        <source>Lock or Unlock</source>
        <translation>Sperren oder entsperren</translation>
    </message>
    <message>
        <source>Lock the selected tokens where they are, or unlock them.</source>
        <translation>Die ausgewählten Elemente an ihrem Platz sperren, oder entsperren.</translation>
    </message>
    <message>
        <source>%1: several tokens to each other, one to the canvas.</source>
        <translation>%1: mehrere Elemente zueinander, ein einzelnes zur Arbeitsfläche.</translation>
    </message>
    <message>
        <source>Align Left</source>
        <translation>Links ausrichten</translation>
    </message>
    <message>
        <source>Align Centers Horizontally</source>
        <translation>Mitten waagerecht ausrichten</translation>
    </message>
    <message>
        <source>Align Right</source>
        <translation>Rechts ausrichten</translation>
    </message>
    <message>
        <source>Align Top</source>
        <translation>Oben ausrichten</translation>
    </message>
    <message>
        <source>Align Centers Vertically</source>
        <translation>Mitten senkrecht ausrichten</translation>
    </message>
    <message>
        <source>Align Bottom</source>
        <translation>Unten ausrichten</translation>
    </message>
    <message>
        <source>Equal gaps between the selected tokens; the outer two stay.</source>
        <translation>Gleiche Abstände zwischen den ausgewählten Elementen; die beiden äußeren bleiben.</translation>
    </message>
    <message>
        <source>Distribute Horizontally</source>
        <translation>Waagerecht verteilen</translation>
    </message>
    <message>
        <source>Distribute Vertically</source>
        <translation>Senkrecht verteilen</translation>
    </message>
    <message>
        <source>Bring to Front</source>
        <translation>Ganz nach vorn</translation>
    </message>
    <message>
        <source>Bring Forward</source>
        <translation>Nach vorn</translation>
    </message>
    <message>
        <source>Send Backward</source>
        <translation>Nach hinten</translation>
    </message>
    <message>
        <source>Send to Back</source>
        <translation>Ganz nach hinten</translation>
    </message>
    <message>
        <source>Zoom In</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Enlarge the view.</source>
        <translation>Die Ansicht vergrößern.</translation>
    </message>
    <message>
        <source>Zoom Out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Reduce the view.</source>
        <translation>Die Ansicht verkleinern.</translation>
    </message>
    <message>
        <source>Fit Canvas</source>
        <translation>Ganze Fläche</translation>
    </message>
    <message>
        <source>Show the whole canvas.</source>
        <translation>Die ganze Arbeitsfläche zeigen.</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>One pixel of the canvas is one pixel of the screen.</source>
        <translation>Ein Pixel der Arbeitsfläche ist ein Pixel des Bildschirms.</translation>
    </message>
    <message>
        <source>Zoom to Selection</source>
        <translation>Auswahl zeigen</translation>
    </message>
    <message>
        <source>Fill the view with what is selected.</source>
        <translation>Die Ansicht mit dem Ausgewählten füllen.</translation>
    </message>
    <message>
        <source>Rulers</source>
        <translation>Lineale</translation>
    </message>
    <message>
        <source>Rulers in canvas pixels.</source>
        <translation>Lineale in Pixeln der Arbeitsfläche.</translation>
    </message>
    <message>
        <source>Safe Area and Thirds</source>
        <translation>Schutzrand und Drittel</translation>
    </message>
    <message>
        <source>Show the safe area and the thirds of the canvas.</source>
        <translation>Schutzrand und Drittel der Arbeitsfläche zeigen.</translation>
    </message>
    <message>
        <source>Snap</source>
        <translation>Einrasten</translation>
    </message>
    <message>
        <source>Snap to edges, centers, thirds and the safe area. Ctrl suspends it while dragging.</source>
        <translation>An Kanten, Mitten, Dritteln und am Schutzrand einrasten. Strg setzt es beim Ziehen aus.</translation>
    </message>
</context>
<context>
    <name>Galley::ArtboardOverlay</name>
    <message>
        <source>rendering</source>
        <translation>wird gezeichnet</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>ausgeblendet</translation>
    </message>
    <message>
        <source>Read-only: open in another window, or the file cannot be written</source>
        <translation>Nur lesbar: in einem anderen Fenster geöffnet, oder die Datei kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>Nothing here yet. Press T and drag to draw a headline, S for a subject, P for a panel.</source>
        <translation>Noch leer. Drücken Sie T und ziehen Sie eine Überschrift auf, S für ein Motiv, P für eine Fläche.</translation>
    </message>
</context>
<context>
    <name>Galley::ColorField</name>
    <message>
        <source>%1: open the colour picker</source>
        <translation>%1: Farbwähler öffnen</translation>
    </message>
    <message>
        <source>Choose %1</source>
        <translation>%1 wählen</translation>
    </message>
    <message>
        <source>Mixed</source>
        <translation>Verschieden</translation>
    </message>
    <message>
        <source>From slot %1</source>
        <translation>Aus dem Feld %1</translation>
    </message>
</context>
<context>
    <name>Galley::ColorPicker</name>
    <message>
        <source>Saturation and brightness</source>
        <translation>Sättigung und Helligkeit</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>Farbton</translation>
    </message>
    <message>
        <source>Colour picker</source>
        <translation>Farbwähler</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
</context>
<context>
    <name>Galley::CommandLine</name>
    <message>
        <source>There is no model in %1. Install Galley again.</source>
        <translation>In %1 ist kein Modell. Installieren Sie Galley neu.</translation>
    </message>
    <message>
        <source>%1  revision %2  %3 px  %4 of at most %5 steps  on %6 (%7, %8 threads, %9)</source>
        <translation>%1  Stand %2  %3 px  %4 von höchstens %5 Schritten  auf %6 (%7, %8 Threads, %9)</translation>
    </message>
    <message>
        <source>draws</source>
        <translation>zeichnet</translation>
    </message>
</context>
<context>
    <name>Galley::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Search for a command …</source>
        <translation>Einen Befehl suchen …</translation>
    </message>
    <message>
        <source>Search for a command</source>
        <translation>Einen Befehl suchen</translation>
    </message>
    <message>
        <source>Commands that match</source>
        <translation>Passende Befehle</translation>
    </message>
</context>
<context>
    <name>Galley::Csv</name>
    <message>
        <source>%1 is larger than %2 MB; split it.</source>
        <translation>%1 ist größer als %2 MB; teilen Sie die Datei.</translation>
    </message>
    <message>
        <source>%1 is UTF-16; save it again as CSV UTF-8.</source>
        <translation>%1 ist UTF-16; speichern Sie die Datei als CSV UTF-8.</translation>
    </message>
    <message>
        <source>%1:%2: This is not UTF-8; save it again as CSV UTF-8.</source>
        <translation>%1:%2: Das ist kein UTF-8; speichern Sie die Datei als CSV UTF-8.</translation>
    </message>
    <message>
        <source>Text follows a closing quotation mark.</source>
        <translation>Nach einem schließenden Anführungszeichen folgt Text.</translation>
    </message>
    <message>
        <source>Write a quotation mark inside a quoted value twice: &quot;&quot;.</source>
        <translation>Schreiben Sie ein Anführungszeichen in einem angeführten Wert doppelt: &quot;&quot;.</translation>
    </message>
    <message>
        <source>%1 more findings of this kind are left out.</source>
        <translation>%1 weitere Befunde dieser Art sind weggelassen.</translation>
    </message>
    <message>
        <source>%1:%2: The column “%3” stands twice; keep one of them.</source>
        <translation>%1:%2: Die Spalte „%3“ steht zweimal da; behalten Sie eine davon.</translation>
    </message>
    <message>
        <source>%1:%2: The columns “%3” and “%4” feed the same slot; keep one of them.</source>
        <translation>%1:%2: Die Spalten „%3“ und „%4“ füllen dasselbe Feld; behalten Sie eine davon.</translation>
    </message>
    <message>
        <source>The template has no slot for the column “%1”; it is left out.</source>
        <translation>Die Vorlage hat kein Feld für die Spalte „%1“; sie wird weggelassen.</translation>
    </message>
    <message>
        <source>Did you mean “%1”?</source>
        <translation>Meinten Sie „%1“?</translation>
    </message>
    <message>
        <source>There is no column for the slot “%1”; every row takes its default, “%2”.</source>
        <translation>Es gibt keine Spalte für das Feld „%1“; jede Zeile nimmt dessen Vorgabe, „%2“.</translation>
    </message>
    <message>
        <source>Add the column if the rows should differ.</source>
        <translation>Fügen Sie die Spalte hinzu, wenn die Zeilen sich unterscheiden sollen.</translation>
    </message>
    <message>
        <source>Row %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>Row %1 has %2 cells where the header line has %3; the rest takes the defaults.</source>
        <translation>Zeile %1 hat %2 Zellen, die Kopfzeile %3; der Rest nimmt die Vorgaben.</translation>
    </message>
    <message>
        <source>Row %1 has %2 cells where the header line has %3.</source>
        <translation>Zeile %1 hat %2 Zellen, die Kopfzeile %3.</translation>
    </message>
    <message>
        <source>Put values that hold a separator into quotation marks.</source>
        <translation>Setzen Sie Werte, die ein Trennzeichen enthalten, in Anführungszeichen.</translation>
    </message>
    <message>
        <source>%1 is empty; its first line must name the columns, one for each slot.</source>
        <translation>%1 ist leer; die erste Zeile muss die Spalten nennen, eine für jedes Feld.</translation>
    </message>
    <message>
        <source>%1:%2: A quotation mark is opened in this row and never closed; close it, or write it twice.</source>
        <translation>%1:%2: In dieser Zeile wird ein Anführungszeichen geöffnet und nie geschlossen; schließen Sie es, oder schreiben Sie es doppelt.</translation>
    </message>
    <message>
        <source>%1 does not exist. Check its name and folder.</source>
        <translation>%1 gibt es nicht. Prüfen Sie Name und Ordner.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>es ist ein Ordner</translation>
    </message>
</context>
<context>
    <name>Galley::CutoutLibrary</name>
    <message>
        <source>The clip-art pack in %1 cannot be read. Install Galley again, or run packaging/run.sh.</source>
        <translation>Die Sammlung der Klippbilder in %1 kann nicht gelesen werden. Installieren Sie Galley neu, oder führen Sie packaging/run.sh aus.</translation>
    </message>
    <message>
        <source>%1 is not the index of a clip-art pack of format 1.</source>
        <translation>%1 ist nicht das Verzeichnis einer Klippbild-Sammlung der Form 1.</translation>
    </message>
    <message>
        <source>%1: item %2 is damaged. Install Galley again.</source>
        <translation>%1: Eintrag %2 ist beschädigt. Installieren Sie Galley neu.</translation>
    </message>
</context>
<context>
    <name>Galley::DesignWorkspace</name>
    <message>
        <source>Tokens and Slots</source>
        <translation>Elemente und Felder</translation>
    </message>
    <message>
        <source>Inspector and Prompt</source>
        <translation>Eigenschaften und Prompt</translation>
    </message>
    <message>
        <source>Last Previews</source>
        <translation>Letzte Entwürfe</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>Slots</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Eigenschaften</translation>
    </message>
    <message>
        <source>Canvas and Style</source>
        <translation>Arbeitsfläche und Stil</translation>
    </message>
    <message>
        <source>Compiled prompt</source>
        <translation>Fertiger Prompt</translation>
    </message>
</context>
<context>
    <name>Galley::DocumentSession</name>
    <message>
        <source>%1 is open in another window of Galley. Save under another name.</source>
        <translation>%1 ist in einem anderen Fenster von Galley geöffnet. Speichern Sie unter einem anderen Namen.</translation>
    </message>
    <message>
        <source>%1 is open in another window of Galley (process %2), so it can only be looked at here.</source>
        <translation>%1 ist in einem anderen Fenster von Galley geöffnet (Prozess %2) und kann hier nur angesehen werden.</translation>
    </message>
</context>
<context>
    <name>Galley::DraftService</name>
    <message>
        <source>The draft was cancelled.</source>
        <translation>Der Entwurf wurde abgebrochen.</translation>
    </message>
</context>
<context>
    <name>Galley::DraftText</name>
    <message numerus="yes">
        <source>%n steps</source>
        <translation>
            <numerusform>%n Schritt</numerusform>
            <numerusform>%n Schritte</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::DraftToolBar</name>
    <message>
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>The draft model where it is known to be good for these words, else clip art. Each token says which.</source>
        <translation>Das Entwurfsmodell, wo es diese Wörter gut kennt, sonst Klippbilder. Jedes Element sagt, was es ist.</translation>
    </message>
    <message>
        <source>Generated</source>
        <translation>Erzeugt</translation>
    </message>
    <message>
        <source>Every subject comes from the draft model on this machine.</source>
        <translation>Jedes Motiv kommt vom Entwurfsmodell auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Clip art</source>
        <translation>Klippbild</translation>
    </message>
    <message>
        <source>Every subject is the nearest picture of the bundled pack; the model does not run.</source>
        <translation>Jedes Motiv ist das nächste Bild der mitgelieferten Sammlung; das Modell läuft nicht.</translation>
    </message>
    <message>
        <source>Device: Automatic</source>
        <translation>Gerät: Automatisch</translation>
    </message>
    <message>
        <source>Device: Processor</source>
        <translation>Gerät: Prozessor</translation>
    </message>
    <message>
        <source>Device: Graphics Card</source>
        <translation>Gerät: Grafikkarte</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>&amp;Draft</source>
        <translation>En&amp;twurf</translation>
    </message>
    <message>
        <source>Steps of the draft model</source>
        <translation>Schritte des Entwurfsmodells</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>New Seed</source>
        <translation>Neuer Startwert</translation>
    </message>
    <message>
        <source>Keep the Seed</source>
        <translation>Startwert behalten</translation>
    </message>
    <message>
        <source>Subjects</source>
        <translation>Motive</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Ausgeben</translation>
    </message>
    <message>
        <source>Save the draft as a picture</source>
        <translation>Den Entwurf als Bild sichern</translation>
    </message>
    <message>
        <source>Draft model</source>
        <translation>Entwurfsmodell</translation>
    </message>
    <message>
        <source>Draft model and device</source>
        <translation>Entwurfsmodell und Gerät</translation>
    </message>
    <message>
        <source>What makes the subjects of the draft, and on which device</source>
        <translation>Was die Motive des Entwurfs macht, und auf welchem Gerät</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>More steps are slower and crisper.</source>
        <translation>Mehr Schritte sind langsamer und schärfer.</translation>
    </message>
    <message>
        <source>The same seed gives the same picture; 0 is a seed too.</source>
        <translation>Derselbe Startwert gibt dasselbe Bild; auch 0 ist ein Startwert.</translation>
    </message>
    <message>
        <source>Subjects: %1</source>
        <translation>Motive: %1</translation>
    </message>
    <message>
        <source>The seed is kept. Press the lock to let go of it.</source>
        <translation>Der Startwert wird behalten. Drücken Sie das Schloss, um ihn freizugeben.</translation>
    </message>
    <message>
        <source>No draft model is installed</source>
        <translation>Kein Entwurfsmodell installiert</translation>
    </message>
    <message>
        <source>The draft model is starting …</source>
        <translation>Das Entwurfsmodell startet …</translation>
    </message>
</context>
<context>
    <name>Galley::DrawTool</name>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
</context>
<context>
    <name>Galley::ExportDialog</name>
    <message>
        <source>W</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>H</source>
        <translation>H</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Export PNG</source>
        <translation>PNG ausgeben</translation>
    </message>
    <message>
        <source>Size of the picture</source>
        <translation>Größe des Bildes</translation>
    </message>
    <message>
        <source>Choose a File …</source>
        <translation>Datei wählen …</translation>
    </message>
    <message>
        <source>%1 % of the canvas</source>
        <translation>%1 % der Arbeitsfläche</translation>
    </message>
</context>
<context>
    <name>Galley::Exporter</name>
    <message>
        <source>There is no memory for a picture of %1 × %2. Choose a smaller size.</source>
        <translation>Für ein Bild von %1 × %2 reicht der Speicher nicht. Wählen Sie eine kleinere Größe.</translation>
    </message>
    <message>
        <source>%1 could not be written: %2. Choose another folder, or make room there.</source>
        <translation>%1 konnte nicht geschrieben werden: %2. Wählen Sie einen anderen Ordner, oder schaffen Sie dort Platz.</translation>
    </message>
</context>
<context>
    <name>Galley::FileController</name>
    <message>
        <source>&amp;New</source>
        <translation>&amp;Neu</translation>
    </message>
    <message>
        <source>&amp;Open …</source>
        <translation>Ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Sa&amp;mples</source>
        <translation>&amp;Beispiele</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Sichern</translation>
    </message>
    <message>
        <source>Save &amp;As …</source>
        <translation>Sichern &amp;unter …</translation>
    </message>
    <message>
        <source>Open Ro&amp;ws (CSV) …</source>
        <translation>&amp;Zeilen öffnen (CSV) …</translation>
    </message>
    <message>
        <source>&amp;Close Rows</source>
        <translation>Zeilen s&amp;chließen</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <source>Save the changes to %1?</source>
        <translation>Änderungen an %1 sichern?</translation>
    </message>
    <message>
        <source>They are lost otherwise.</source>
        <translation>Sonst gehen sie verloren.</translation>
    </message>
    <message>
        <source>%1 (%2 × %3)</source>
        <translation>%1 (%2 × %3)</translation>
    </message>
    <message>
        <source>Clear the List</source>
        <translation>Liste leeren</translation>
    </message>
    <message>
        <source>Open a Template</source>
        <translation>Eine Vorlage öffnen</translation>
    </message>
    <message>
        <source>Galley templates (*.galley);;All files (*)</source>
        <translation>Galley-Vorlagen (*.galley);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open Rows</source>
        <translation>Zeilen öffnen</translation>
    </message>
    <message>
        <source>CSV files (*.csv);;All files (*)</source>
        <translation>CSV-Dateien (*.csv);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>%1 was changed by somebody else.</source>
        <translation>%1 wurde von jemand anderem geändert.</translation>
    </message>
    <message>
        <source>Since it was opened here, another program wrote this file. Overwrite those changes, or save your work under another name?</source>
        <translation>Seit dem Öffnen hat ein anderes Programm diese Datei geschrieben. Diese Änderungen überschreiben, oder Ihre Arbeit unter einem anderen Namen sichern?</translation>
    </message>
    <message>
        <source>Save Under Another Name</source>
        <translation>Unter anderem Namen sichern</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>Überschreiben</translation>
    </message>
    <message>
        <source>Save the Template</source>
        <translation>Die Vorlage sichern</translation>
    </message>
    <message>
        <source>Galley templates (*.galley)</source>
        <translation>Galley-Vorlagen (*.galley)</translation>
    </message>
    <message>
        <source>%1 is write-protected, so it can only be looked at.</source>
        <translation>%1 ist schreibgeschützt und kann nur angesehen werden.</translation>
    </message>
    <message>
        <source>Open a Copy</source>
        <translation>Kopie öffnen</translation>
    </message>
    <message>
        <source>Galley ended before the changes to %1 were saved (%2). They are still here.</source>
        <translation>Galley endete, bevor die Änderungen an %1 gesichert waren (%2). Sie sind noch da.</translation>
    </message>
    <message>
        <source>Bring Them Back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
</context>
<context>
    <name>Galley::InplaceEditor</name>
    <message>
        <source>Text of %1</source>
        <translation>Text von %1</translation>
    </message>
</context>
<context>
    <name>Galley::Inspector</name>
    <message>
        <source>Select a token to see and change it.</source>
        <translation>Wählen Sie ein Element, um es zu sehen und zu ändern.</translation>
    </message>
    <message>
        <source>Change %1 of %2</source>
        <translation>%1 von %2 ändern</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Lage</translation>
    </message>
    <message>
        <source>Left edge</source>
        <translation>Linke Kante</translation>
    </message>
    <message>
        <source>Top edge</source>
        <translation>Obere Kante</translation>
    </message>
    <message>
        <source>W</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>H</source>
        <translation>H</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Shows</source>
        <translation>Zeigt</translation>
    </message>
    <message>
        <source>One thing in plain words. Insert slots as {name}.</source>
        <translation>Ein Ding in einfachen Worten. Felder setzen Sie als {name} ein.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Insert slots as {name}; write {{ for the bracket itself.</source>
        <translation>Felder setzen Sie als {name} ein; {{ ist die Klammer selbst.</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>A file beside the template, or a slot: {photo}. It takes the place of what is drawn.</source>
        <translation>Eine Datei neben der Vorlage oder ein Feld: {photo}. Sie ersetzt, was gezeichnet würde.</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Gemacht durch</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Gesetzt</translation>
    </message>
    <message>
        <source>Drawn</source>
        <translation>Gezeichnet</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Füllung</translation>
    </message>
    <message>
        <source>No fill</source>
        <translation>Keine Füllung</translation>
    </message>
    <message>
        <source>Corner radius</source>
        <translation>Eckenradius</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>The first colour recolours the subject; a ground takes all of them.</source>
        <translation>Die erste Farbe färbt das Motiv um; ein Grund nimmt alle.</translation>
    </message>
    <message>
        <source>Recolour %2</source>
        <translation>%2 umfärben</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Schrift</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>Schrift</translation>
    </message>
    <message>
        <source>Change the font of %2</source>
        <translation>Schrift von %2 ändern</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Regular</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Semibold</source>
        <translation>Halbfett</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>Fett</translation>
    </message>
    <message>
        <source>Extra bold</source>
        <translation>Extrafett</translation>
    </message>
    <message>
        <source>Change the weight of %2</source>
        <translation>Stärke von %2 ändern</translation>
    </message>
    <message>
        <source>Text colour</source>
        <translation>Textfarbe</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>as large as fits</source>
        <translation>so groß wie möglich</translation>
    </message>
    <message>
        <source>Smallest size</source>
        <translation>Kleinste Größe</translation>
    </message>
    <message>
        <source>Alignment</source>
        <translation>Ausrichtung</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Vertical</source>
        <translation>Senkrecht</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Oben</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>Unten</translation>
    </message>
    <message>
        <source>When it does not fit</source>
        <translation>Wenn es nicht passt</translation>
    </message>
    <message>
        <source>Shrink</source>
        <translation>Schrumpfen</translation>
    </message>
    <message>
        <source>Wrap</source>
        <translation>Umbrechen</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>Wachsen</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Melden</translation>
    </message>
    <message>
        <source>Too long</source>
        <translation>Zu lang</translation>
    </message>
    <message>
        <source>Change the fit of %2</source>
        <translation>Einpassung von %2 ändern</translation>
    </message>
    <message>
        <source>Line height</source>
        <translation>Zeilenhöhe</translation>
    </message>
    <message>
        <source>Letter spacing</source>
        <translation>Zeichenabstand</translation>
    </message>
    <message>
        <source>Italic</source>
        <translation>Kursiv</translation>
    </message>
    <message>
        <source>Change the slant of %2</source>
        <translation>Neigung von %2 ändern</translation>
    </message>
    <message>
        <source>The selected tokens are locked. Unlock them in the token list.</source>
        <translation>Die ausgewählten Elemente sind gesperrt. Entsperren Sie sie in der Elementliste.</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n tokens</source>
        <translation>
            <numerusform>%n Element</numerusform>
            <numerusform>%n Elemente</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::IssueCollector</name>
    <message numerus="yes">
        <source>%n more problems in the rows are not listed.</source>
        <translation>
            <numerusform>%n weiteres Problem in den Zeilen ist nicht aufgeführt.</numerusform>
            <numerusform>%n weitere Probleme in den Zeilen sind nicht aufgeführt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::IssuesPanel</name>
    <message>
        <source>Issues</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Nothing is wrong with this template, its rows and its draft.</source>
        <translation>Vorlage, Zeilen und Entwurf sind in Ordnung.</translation>
    </message>
    <message>
        <source>Double-click or press Enter to go there.</source>
        <translation>Doppelklick oder Eingabetaste führt dorthin.</translation>
    </message>
</context>
<context>
    <name>Galley::LocalEngine</name>
    <message>
        <source>There is no model %1 on this machine.</source>
        <translation>Auf diesem Rechner gibt es kein Modell %1.</translation>
    </message>
    <message>
        <source>The files of %1 have changed: revision %2 is here now, not %3. Render again.</source>
        <translation>Die Dateien von %1 haben sich geändert: Hier liegt jetzt Stand %2, nicht %3. Lassen Sie neu zeichnen.</translation>
    </message>
    <message>
        <source>The drawing was cancelled.</source>
        <translation>Das Zeichnen wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The drawing worker answered a question that nobody had asked.</source>
        <translation>Der Zeichenprozess hat auf eine Frage geantwortet, die niemand gestellt hat.</translation>
    </message>
    <message>
        <source>The drawing worker sent a message that Galley does not know.</source>
        <translation>Der Zeichenprozess hat eine Nachricht gesandt, die Galley nicht kennt.</translation>
    </message>
    <message>
        <source>The drawing worker has not answered for %1 s.</source>
        <translation>Der Zeichenprozess hat seit %1 s nicht geantwortet.</translation>
    </message>
    <message>
        <source>It was tried twice for “%1”. Change these words or the number of steps, or take clip art.</source>
        <translation>Für „%1“ wurde es zweimal versucht. Ändern Sie diese Wörter oder die Zahl der Schritte, oder nehmen Sie Klippbilder.</translation>
    </message>
    <message>
        <source>It was started %1 times in vain and is left alone now; its last words are in the log. Start it again, or take clip art.</source>
        <translation>Er wurde %1-mal vergeblich gestartet und wird nun in Ruhe gelassen; seine letzten Worte stehen im Protokoll. Starten Sie ihn neu, oder nehmen Sie Klippbilder.</translation>
    </message>
    <message>
        <source>The drawing worker was closed.</source>
        <translation>Der Zeichenprozess wurde geschlossen.</translation>
    </message>
</context>
<context>
    <name>Galley::MainWindow</name>
    <message>
        <source>Saved %1.</source>
        <translation>%1 gesichert.</translation>
    </message>
    <message>
        <source> (read-only)</source>
        <translation> (nur lesbar)</translation>
    </message>
    <message>
        <source>Set image of %1</source>
        <translation>Bild von %1 setzen</translation>
    </message>
    <message>
        <source>Add image</source>
        <translation>Bild hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation>&amp;Element</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Ask the draft model again for what failed; starts it when it has ended.</source>
        <translation>Das Entwurfsmodell noch einmal um das bitten, was misslang; startet es, wenn es beendet ist.</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Commands …</source>
        <translation>Be&amp;fehle …</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Issues</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Design</source>
        <translation>Gestalten</translation>
    </message>
    <message>
        <source>Next Panel</source>
        <translation>Nächster Bereich</translation>
    </message>
    <message>
        <source>Previous Panel</source>
        <translation>Voriger Bereich</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>As the Desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts …</source>
        <translation>Tastenkürzel …</translation>
    </message>
    <message>
        <source>About Galley …</source>
        <translation>Über Galley …</translation>
    </message>
    <message>
        <source>&amp;Export PNG</source>
        <translation>&amp;PNG ausgeben</translation>
    </message>
    <message>
        <source>Export PNG at Canvas Size …</source>
        <translation>PNG in Originalgröße ausgeben …</translation>
    </message>
    <message>
        <source>Export PNG at Double Size …</source>
        <translation>PNG in doppelter Größe ausgeben …</translation>
    </message>
    <message>
        <source>Export PNG at Another Size …</source>
        <translation>PNG in anderer Größe ausgeben …</translation>
    </message>
    <message>
        <source>Exporting the draft …</source>
        <translation>Der Entwurf wird ausgegeben …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Saved %1 (%2 × %3).</source>
        <translation>%1 gesichert (%2 × %3).</translation>
    </message>
    <message>
        <source>Show in Folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Export PNG</source>
        <translation>PNG ausgeben</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
        <source>The language changes with the next start of Galley.</source>
        <translation>Die Sprache wechselt mit dem nächsten Start von Galley.</translation>
    </message>
    <message>
        <source>Restart Now</source>
        <translation>Jetzt neu starten</translation>
    </message>
</context>
<context>
    <name>Galley::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Nachricht schließen</translation>
    </message>
</context>
<context>
    <name>Galley::NumberField</name>
    <message>
        <source>Mixed</source>
        <translation>Verschieden</translation>
    </message>
</context>
<context>
    <name>Galley::PaletteField</name>
    <message>
        <source>Add a colour</source>
        <translation>Farbe hinzufügen</translation>
    </message>
    <message>
        <source>%1, colour %2</source>
        <translation>%1, Farbe %2</translation>
    </message>
    <message>
        <source>Remove colour %1</source>
        <translation>Farbe %1 entfernen</translation>
    </message>
    <message>
        <source>A palette holds %1 colours at most.</source>
        <translation>Eine Palette hat höchstens %1 Farben.</translation>
    </message>
</context>
<context>
    <name>Galley::PreviewRing</name>
    <message>
        <source>Preview %1 of %2, seed %3</source>
        <translation>Entwurf %1 von %2, Startwert %3</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>Hold to see it, double-click to restore it.</source>
        <translation>Halten zeigt ihn, Doppelklick holt ihn zurück.</translation>
    </message>
    <message>
        <source>The last %1 drafts appear here. Change a subject, or roll a new seed, to make one.</source>
        <translation>Hier erscheinen die letzten %1 Entwürfe. Ändern Sie ein Motiv oder würfeln Sie einen Startwert, um einen zu machen.</translation>
    </message>
    <message>
        <source>Choose a preview first.</source>
        <translation>Wählen Sie zuerst einen Entwurf.</translation>
    </message>
    <message>
        <source>This template is read-only. Save it under another name to edit it.</source>
        <translation>Diese Vorlage ist nur lesbar. Sichern Sie sie unter einem anderen Namen, um sie zu bearbeiten.</translation>
    </message>
    <message>
        <source>Restore Preview</source>
        <translation>Entwurf zurückholen</translation>
    </message>
    <message>
        <source>Make the template, the row and the options of this preview current again; undo brings the present ones back.</source>
        <translation>Vorlage, Zeile und Einstellungen dieses Entwurfs wieder herstellen; Rückgängig bringt die jetzigen zurück.</translation>
    </message>
    <message>
        <source>Unpin Preview</source>
        <translation>Entwurf lösen</translation>
    </message>
    <message>
        <source>Pin Preview</source>
        <translation>Entwurf anheften</translation>
    </message>
    <message>
        <source>A pinned preview stays, however many come after it.</source>
        <translation>Ein angehefteter Entwurf bleibt, wie viele auch danach kommen.</translation>
    </message>
    <message>
        <source>Reuse Seed</source>
        <translation>Startwert übernehmen</translation>
    </message>
    <message>
        <source>Draft with seed %1 of this preview.</source>
        <translation>Mit dem Startwert %1 dieses Entwurfs entwerfen.</translation>
    </message>
    <message>
        <source>New Seed</source>
        <translation>Neuer Startwert</translation>
    </message>
    <message>
        <source>Draft the same template with another seed.</source>
        <translation>Dieselbe Vorlage mit einem anderen Startwert entwerfen.</translation>
    </message>
    <message>
        <source>Previews</source>
        <translation>Entwürfe</translation>
    </message>
    <message>
        <source>%1 previews are pinned already, and one place is kept for the next draft. Unpin one first.</source>
        <translation>Es sind schon %1 Entwürfe angeheftet, und ein Platz bleibt für den nächsten frei. Lösen Sie zuerst einen.</translation>
    </message>
    <message>
        <source>Restore preview</source>
        <translation>Entwurf zurückholen</translation>
    </message>
</context>
<context>
    <name>Galley::PromptCompiler</name>
    <message>
        <source>The style has %1 colours; only the first %2 are sent.</source>
        <translation>Der Stil hat %1 Farben; nur die ersten %2 werden gesandt.</translation>
    </message>
    <message>
        <source>“%1” has more colours than the %2 that can be sent; the last ones are left out.</source>
        <translation>„%1“ hat mehr Farben als die %2, die gesandt werden können; die letzten werden weggelassen.</translation>
    </message>
    <message>
        <source>“%1” cannot be seen in the picture and is left out. Move it inside, or hide it.</source>
        <translation>„%1“ ist im Bild nicht zu sehen und wird weggelassen. Schieben Sie es hinein, oder blenden Sie es aus.</translation>
    </message>
    <message>
        <source>“%1”: only the first 5 colours are used.</source>
        <translation>„%1“: Nur die ersten 5 Farben werden benutzt.</translation>
    </message>
    <message>
        <source>“%1” asks the model to draw %2 characters; texts over %3 mostly come out garbled. Set it instead, or shorten it.</source>
        <translation>„%1“ lässt das Modell %2 Zeichen zeichnen; Texte über %3 werden meist unlesbar. Setzen Sie ihn stattdessen, oder kürzen Sie ihn.</translation>
    </message>
    <message>
        <source>The model&apos;s picture of %1×%2 loses %3 % when it is cropped to the canvas. Choose a canvas or a model whose ratios are nearer to each other.</source>
        <translation>Das Bild des Modells, %1×%2, verliert %3 %, wenn es auf die Arbeitsfläche beschnitten wird. Wählen Sie eine Arbeitsfläche oder ein Modell mit ähnlicherem Verhältnis.</translation>
    </message>
</context>
<context>
    <name>Galley::PromptView</name>
    <message>
        <source>Show what the last edit changed</source>
        <translation>Zeigen, was die letzte Änderung bewirkte</translation>
    </message>
    <message>
        <source>Compiled prompt</source>
        <translation>Fertiger Prompt</translation>
    </message>
    <message>
        <source>Copy the prompt</source>
        <translation>Prompt kopieren</translation>
    </message>
    <message>
        <source>Dialect</source>
        <translation>Dialekt</translation>
    </message>
    <message>
        <source>From the slot &quot;%1&quot;</source>
        <translation>Aus dem Feld „%1“</translation>
    </message>
</context>
<context>
    <name>Galley::RecoveryFolder</name>
    <message>
        <source>The work cannot be backed up to %1: %2. Save it yourself, and make room or give write access there.</source>
        <translation>Die Arbeit kann nicht nach %1 gesichert werden: %2. Sichern Sie selbst, und schaffen Sie dort Platz oder Schreibrecht.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
</context>
<context>
    <name>Galley::RenderJob</name>
    <message>
        <source>The folder %1 cannot be made. Choose another place.</source>
        <translation>Der Ordner %1 kann nicht angelegt werden. Wählen Sie einen anderen Platz.</translation>
    </message>
    <message>
        <source>--device %1 was asked for, but the draft would be drawn on %2. Take --device auto.</source>
        <translation>--device %1 war verlangt, doch der Entwurf würde auf %2 gezeichnet. Nehmen Sie --device auto.</translation>
    </message>
    <message>
        <source>Cancelled; %1 of %2 pictures are finished and stay.</source>
        <translation>Abgebrochen; %1 von %2 Bildern sind fertig und bleiben.</translation>
    </message>
    <message>
        <source>Row %1: </source>
        <translation>Zeile %1: </translation>
    </message>
    <message>
        <source>--raw writes the model&apos;s own picture, and this draft has %1 of them. --layers DIR writes every one.</source>
        <translation>--raw schreibt das Bild des Modells selbst, und dieser Entwurf hat davon %1. --layers ORDNER schreibt alle.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
</context>
<context>
    <name>Galley::Resolve</name>
    <message>
        <source>The canvas</source>
        <translation>Die Arbeitsfläche</translation>
    </message>
    <message>
        <source>The style</source>
        <translation>Der Stil</translation>
    </message>
    <message>
        <source>Token “%1”</source>
        <translation>Element „%1“</translation>
    </message>
    <message>
        <source>becomes longer than %1 characters; insert shorter values.</source>
        <translation>wird länger als %1 Zeichen; setzen Sie kürzere Werte ein.</translation>
    </message>
    <message>
        <source>“%1” is no colour; write it as #RRGGBB.</source>
        <translation>„%1“ ist keine Farbe; schreiben Sie sie als #RRGGBB.</translation>
    </message>
    <message>
        <source>“%1”, the value of the slot “%2”, is no colour; write it as #RRGGBB.</source>
        <translation>„%1“, der Wert des Feldes „%2“, ist keine Farbe; schreiben Sie sie als #RRGGBB.</translation>
    </message>
    <message>
        <source>“%1” is an address; save the picture and give its file name.</source>
        <translation>„%1“ ist eine Adresse; speichern Sie das Bild und geben Sie den Dateinamen an.</translation>
    </message>
    <message>
        <source>inserts {%1}, but there is no slot of that name; add it, or write {{ for a brace.</source>
        <translation>setzt {%1} ein, aber es gibt kein Feld dieses Namens; fügen Sie es hinzu, oder schreiben Sie {{ für eine Klammer.</translation>
    </message>
    <message>
        <source>inserts {%1}, but there is no slot of that name. Did you mean {%2}?</source>
        <translation>setzt {%1} ein, aber es gibt kein Feld dieses Namens. Meinten Sie {%2}?</translation>
    </message>
    <message>
        <source>names &lt;%1&gt;, but there is no token of that id; write &lt;&lt; for the character itself.</source>
        <translation>nennt &lt;%1&gt;, aber es gibt kein Element dieser Kennung; schreiben Sie &lt;&lt; für das Zeichen selbst.</translation>
    </message>
    <message>
        <source>names &lt;%1&gt;, but there is no token of that id. Did you mean &lt;%2&gt;?</source>
        <translation>nennt &lt;%1&gt;, aber es gibt kein Element dieser Kennung. Meinten Sie &lt;%2&gt;?</translation>
    </message>
    <message>
        <source>Row %1: </source>
        <translation>Zeile %1: </translation>
    </message>
    <message>
        <source>%1, key “%2”: %3</source>
        <translation>%1, Schlüssel „%2“: %3</translation>
    </message>
    <message>
        <source>“%1” takes a number such as 12 or 12.5; this is “%2”.</source>
        <translation>„%1“ nimmt eine Zahl wie 12 oder 12.5; dies ist „%2“.</translation>
    </message>
    <message>
        <source>“%1” takes numbers from %2 on; this is %3.</source>
        <translation>„%1“ nimmt Zahlen ab %2; dies ist %3.</translation>
    </message>
    <message>
        <source>“%1” takes numbers up to %2; this is %3.</source>
        <translation>„%1“ nimmt Zahlen bis %2; dies ist %3.</translation>
    </message>
    <message>
        <source>“%1” takes at most %2 characters; this has %3. Shorten it.</source>
        <translation>„%1“ nimmt höchstens %2 Zeichen; dies hat %3. Kürzen Sie es.</translation>
    </message>
    <message>
        <source>“%1” holds %2 characters; a value has at most %3. Shorten it.</source>
        <translation>„%1“ enthält %2 Zeichen; ein Wert hat höchstens %3. Kürzen Sie ihn.</translation>
    </message>
    <message>
        <source>“%1” takes a colour such as #2E8B57; this is “%2”.</source>
        <translation>„%1“ nimmt eine Farbe wie #2E8B57; dies ist „%2“.</translation>
    </message>
    <message>
        <source>“%1” takes one of %2; this is “%3”.</source>
        <translation>„%1“ nimmt eines von %2; dies ist „%3“.</translation>
    </message>
    <message>
        <source>“%1” takes the name of a picture file; this is an address.</source>
        <translation>„%1“ nimmt den Namen einer Bilddatei; dies ist eine Adresse.</translation>
    </message>
</context>
<context>
    <name>Galley::ScenePainter</name>
    <message>
        <source>Image not found: %1</source>
        <translation>Bild nicht gefunden: %1</translation>
    </message>
    <message>
        <source>The image %1 of &quot;%2&quot; cannot be shown. Choose another file.</source>
        <translation>Das Bild %1 von „%2“ kann nicht gezeigt werden. Wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>The text of &quot;%1&quot; is larger than its box. Shorten it, enlarge the box, or let it shrink further.</source>
        <translation>Der Text von „%1“ ist größer als sein Rahmen. Kürzen Sie ihn, vergrößern Sie den Rahmen, oder lassen Sie ihn weiter schrumpfen.</translation>
    </message>
    <message>
        <source>No bundled font has these characters of &quot;%1&quot;: %2. They may look different elsewhere, or be empty boxes.</source>
        <translation>Keine mitgelieferte Schrift hat diese Zeichen von „%1“: %2. Anderswo sehen sie vielleicht anders aus oder sind leere Kästchen.</translation>
    </message>
    <message>
        <source>The font &quot;%1&quot; of &quot;%2&quot; is not installed; Inter is shown instead.</source>
        <translation>Die Schrift „%1“ von „%2“ ist nicht installiert; stattdessen wird Inter gezeigt.</translation>
    </message>
</context>
<context>
    <name>Galley::SelectTool</name>
    <message>
        <source>x %1  y %2   %3 %4</source>
        <translation>x %1  y %2   %3 %4</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
</context>
<context>
    <name>Galley::Settings</name>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>System follows the desktop.</source>
        <translation>System folgt dem Desktop.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Subjects</source>
        <translation>Motive</translation>
    </message>
    <message>
        <source>Where the subjects of a draft come from. Auto takes the draft model where it is known to be good, else clip art.</source>
        <translation>Woher die Motive eines Entwurfs kommen. Auto nimmt das Entwurfsmodell, wo es als gut bekannt ist, sonst Klippbilder.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>More steps are slower and crisper.</source>
        <translation>Mehr Schritte sind langsamer und schärfer.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Auto takes the graphics card where there is one.</source>
        <translation>Auto nimmt die Grafikkarte, wo es eine gibt.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>0 means one for each core.</source>
        <translation>0 heißt: einer für jeden Kern.</translation>
    </message>
</context>
<context>
    <name>Galley::ShortcutsDialog</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search for a shortcut</source>
        <translation>Ein Tastenkürzel suchen</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
</context>
<context>
    <name>Galley::SlotEditor</name>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>May be empty</source>
        <translation>Darf leer sein</translation>
    </message>
    <message>
        <source>Most characters</source>
        <translation>Höchstzahl der Zeichen</translation>
    </message>
    <message>
        <source>Smallest number</source>
        <translation>Kleinste Zahl</translation>
    </message>
    <message>
        <source>Largest number</source>
        <translation>Größte Zahl</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>Kleinste</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>Größte</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Delete slot</source>
        <translation>Feld löschen</translation>
    </message>
    <message>
        <source>Its default takes its place wherever it was inserted.</source>
        <translation>Wo es eingesetzt war, steht dann seine Vorgabe.</translation>
    </message>
    <message>
        <source>Name of the slot</source>
        <translation>Name des Feldes</translation>
    </message>
    <message>
        <source>One, Two, Three</source>
        <translation>Eins, Zwei, Drei</translation>
    </message>
    <message>
        <source>Separate the choices by commas.</source>
        <translation>Trennen Sie die Auswahl durch Kommas.</translation>
    </message>
    <message>
        <source>Type of the slot</source>
        <translation>Art des Feldes</translation>
    </message>
    <message>
        <source>Change the type of %1</source>
        <translation>Art von %1 ändern</translation>
    </message>
    <message>
        <source>Allow %1 to be empty</source>
        <translation>%1 darf leer sein</translation>
    </message>
    <message>
        <source>Require %1</source>
        <translation>%1 verlangen</translation>
    </message>
    <message>
        <source>Change the help of %1</source>
        <translation>Hilfe zu %1 ändern</translation>
    </message>
    <message>
        <source>Limit %1</source>
        <translation>%1 begrenzen</translation>
    </message>
    <message>
        <source>Delete slot %1</source>
        <translation>Feld %1 löschen</translation>
    </message>
    <message>
        <source>Another slot is called &quot;%1&quot; already.</source>
        <translation>Ein anderes Feld heißt schon „%1“.</translation>
    </message>
    <message>
        <source>Rename slot %1</source>
        <translation>Feld %1 umbenennen</translation>
    </message>
    <message>
        <source>Change the choices of %1</source>
        <translation>Auswahl von %1 ändern</translation>
    </message>
</context>
<context>
    <name>Galley::SlotForm</name>
    <message>
        <source>Slots</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Add a slot</source>
        <translation>Feld hinzufügen</translation>
    </message>
    <message>
        <source>A slot is a value that changes from picture to picture. Add one, and insert it as {name}.</source>
        <translation>Ein Feld ist ein Wert, der sich von Bild zu Bild ändert. Fügen Sie eines hinzu und setzen Sie es als {name} ein.</translation>
    </message>
    <message>
        <source>Previous row</source>
        <translation>Vorige Zeile</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>Nächste Zeile</translation>
    </message>
    <message>
        <source>Open rows from a CSV file</source>
        <translation>Zeilen aus einer CSV-Datei öffnen</translation>
    </message>
    <message>
        <source>Row %1 of %2</source>
        <translation>Zeile %1 von %2</translation>
    </message>
    <message>
        <source>Defaults (%1 rows)</source>
        <translation>Vorgaben (%1 Zeilen)</translation>
    </message>
    <message>
        <source>Defaults</source>
        <translation>Vorgaben</translation>
    </message>
    <message>
        <source>This template is open read-only. Save a copy to change it.</source>
        <translation>Diese Vorlage ist nur lesbar geöffnet. Sichern Sie eine Kopie, um sie zu ändern.</translation>
    </message>
    <message>
        <source>Add slot</source>
        <translation>Feld hinzufügen</translation>
    </message>
    <message>
        <source>Write {%1} where its value belongs.</source>
        <translation>Schreiben Sie {%1}, wo der Wert hingehört.</translation>
    </message>
    <message>
        <source>One</source>
        <translation>Eins</translation>
    </message>
    <message>
        <source>Two</source>
        <translation>Zwei</translation>
    </message>
</context>
<context>
    <name>Galley::SlotRow</name>
    <message>
        <source>Name, type and limits of %1</source>
        <translation>Name, Art und Grenzen von %1</translation>
    </message>
    <message>
        <source>No image</source>
        <translation>Kein Bild</translation>
    </message>
    <message>
        <source>Choose an image for %1</source>
        <translation>Ein Bild für %1 wählen</translation>
    </message>
    <message>
        <source>Remove the image of %1</source>
        <translation>Das Bild von %1 entfernen</translation>
    </message>
    <message>
        <source>Choose an image</source>
        <translation>Ein Bild wählen</translation>
    </message>
    <message>
        <source>Images (*.png *.jpg *.jpeg *.webp *.bmp *.gif *.tif *.tiff)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.webp *.bmp *.gif *.tif *.tiff)</translation>
    </message>
    <message>
        <source>%1 (default)</source>
        <translation>%1 (Vorgabe)</translation>
    </message>
</context>
<context>
    <name>Galley::SlotText</name>
    <message>
        <source>“%1” is no slot; write {name} with a name of small letters, digits and _, or {{ for the brace itself</source>
        <translation>„%1“ ist kein Feld; schreiben Sie {name} mit einem Namen aus kleinen Buchstaben, Ziffern und _, oder {{ für die Klammer selbst</translation>
    </message>
</context>
<context>
    <name>Galley::SlotTypes</name>
    <message>
        <source>One</source>
        <translation>Eins</translation>
    </message>
</context>
<context>
    <name>Galley::StateChip</name>
    <message>
        <source>current</source>
        <translation>aktuell</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>rendering</source>
        <translation>wird gezeichnet</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Draft: %1</source>
        <translation>Entwurf: %1</translation>
    </message>
    <message>
        <source>What you see is older than the template. %1</source>
        <translation>Was Sie sehen, ist älter als die Vorlage. %1</translation>
    </message>
</context>
<context>
    <name>Galley::StatusLine</name>
    <message>
        <source>Graphics card</source>
        <translation>Grafikkarte</translation>
    </message>
    <message>
        <source>No issues</source>
        <translation>Keine Probleme</translation>
    </message>
    <message numerus="yes">
        <source>%n issues</source>
        <translation>
            <numerusform>%n Problem</numerusform>
            <numerusform>%n Probleme</numerusform>
        </translation>
    </message>
    <message>
        <source>Show or hide the list of issues</source>
        <translation>Die Liste der Probleme zeigen oder ausblenden</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n threads</source>
        <translation>
            <numerusform>%1, %n Thread</numerusform>
            <numerusform>%1, %n Threads</numerusform>
        </translation>
    </message>
    <message>
        <source>Worker starts …</source>
        <translation>Zeichenprozess startet …</translation>
    </message>
    <message>
        <source>No worker</source>
        <translation>Kein Zeichenprozess</translation>
    </message>
    <message>
        <source>Worker is not running</source>
        <translation>Zeichenprozess läuft nicht</translation>
    </message>
    <message>
        <source>Worker renders</source>
        <translation>Zeichenprozess zeichnet</translation>
    </message>
    <message>
        <source>Worker is ready</source>
        <translation>Zeichenprozess ist bereit</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>Memory: window %1 MB, worker %2 MB</source>
        <translation>Speicher: Fenster %1 MB, Zeichenprozess %2 MB</translation>
    </message>
</context>
<context>
    <name>Galley::StrictSax</name>
    <message>
        <source>the key &quot;%1&quot; stands twice in one object; keep one of them</source>
        <translation>der Schlüssel „%1“ steht zweimal in einem Objekt; behalten Sie einen davon</translation>
    </message>
    <message>
        <source>an object has more than %1 members</source>
        <translation>ein Objekt hat mehr als %1 Einträge</translation>
    </message>
    <message>
        <source>values are nested deeper than %1 levels</source>
        <translation>die Werte sind tiefer als %1 Ebenen verschachtelt</translation>
    </message>
</context>
<context>
    <name>Galley::StyleEditor</name>
    <message>
        <source>Canvas</source>
        <translation>Arbeitsfläche</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Stil</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>One sentence about the whole. Insert slots as {name}, tokens as &lt;name&gt;.</source>
        <translation>Ein Satz über das Ganze. Felder setzen Sie als {name} ein, Elemente als &lt;name&gt;.</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Technik</translation>
    </message>
    <message>
        <source>For example: graphic design, photograph, oil painting.</source>
        <translation>Zum Beispiel: Grafik, Fotografie, Ölgemälde.</translation>
    </message>
    <message>
        <source>Art style</source>
        <translation>Kunststil</translation>
    </message>
    <message>
        <source>For example: flat, bold shapes. Leave it empty when you describe a photo.</source>
        <translation>Zum Beispiel: flach, kräftige Formen. Leer lassen, wenn Sie ein Foto beschreiben.</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Camera words, instead of an art style.</source>
        <translation>Wörter über die Kamera, anstelle eines Kunststils.</translation>
    </message>
    <message>
        <source>Aesthetics</source>
        <translation>Anmutung</translation>
    </message>
    <message>
        <source>For example: playful, clear.</source>
        <translation>Zum Beispiel: verspielt, klar.</translation>
    </message>
    <message>
        <source>Lighting</source>
        <translation>Licht</translation>
    </message>
    <message>
        <source>For example: even, soft, golden hour.</source>
        <translation>Zum Beispiel: gleichmäßig, weich, goldene Stunde.</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>Change the palette</source>
        <translation>Palette ändern</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Intent</source>
        <translation>Zweck</translation>
    </message>
    <message>
        <source>Canvas size</source>
        <translation>Größe der Arbeitsfläche</translation>
    </message>
    <message>
        <source>%1 – %2 × %3</source>
        <translation>%1 – %2 × %3</translation>
    </message>
    <message>
        <source>Custom size</source>
        <translation>Eigene Größe</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>W</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Canvas width</source>
        <translation>Breite der Arbeitsfläche</translation>
    </message>
    <message>
        <source>H</source>
        <translation>H</translation>
    </message>
    <message>
        <source>Canvas height</source>
        <translation>Höhe der Arbeitsfläche</translation>
    </message>
    <message>
        <source>Resize the canvas</source>
        <translation>Größe der Arbeitsfläche ändern</translation>
    </message>
    <message>
        <source>Ground colour</source>
        <translation>Farbe des Grundes</translation>
    </message>
    <message>
        <source>Recolour the ground</source>
        <translation>Grund umfärben</translation>
    </message>
    <message>
        <source>Safe area</source>
        <translation>Schutzrand</translation>
    </message>
    <message>
        <source>Change the safe area</source>
        <translation>Schutzrand ändern</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>%1 ändern</translation>
    </message>
</context>
<context>
    <name>Galley::TemplateCheck</name>
    <message>
        <source>%1: “%2” must lie between %3 and %4.</source>
        <translation>%1: „%2“ muss zwischen %3 und %4 liegen.</translation>
    </message>
    <message>
        <source>There are more than %1 tokens.</source>
        <translation>Es gibt mehr als %1 Elemente.</translation>
    </message>
    <message>
        <source>There are more than %1 slots.</source>
        <translation>Es gibt mehr als %1 Felder.</translation>
    </message>
    <message>
        <source>The canvas</source>
        <translation>Die Arbeitsfläche</translation>
    </message>
    <message>
        <source>The canvas has %1 megapixels; the most is %2.</source>
        <translation>Die Arbeitsfläche hat %1 Megapixel; das Höchste ist %2.</translation>
    </message>
    <message>
        <source>The style</source>
        <translation>Der Stil</translation>
    </message>
    <message>
        <source>The style has both an art_style and a photo; a picture is one or the other.</source>
        <translation>Der Stil hat sowohl art_style als auch photo; ein Bild ist das eine oder das andere.</translation>
    </message>
    <message>
        <source>Remove one of them.</source>
        <translation>Entfernen Sie eines davon.</translation>
    </message>
    <message>
        <source>“%1” cannot be the id of a token.</source>
        <translation>„%1“ kann nicht die Kennung eines Elements sein.</translation>
    </message>
    <message>
        <source>Start with a small letter; go on with small letters, digits, _ and -.</source>
        <translation>Beginnen Sie mit einem kleinen Buchstaben; dann kleine Buchstaben, Ziffern, _ und -.</translation>
    </message>
    <message>
        <source>Two tokens have the id “%1”.</source>
        <translation>Zwei Elemente haben die Kennung „%1“.</translation>
    </message>
    <message>
        <source>Call this one “%1”.</source>
        <translation>Nennen Sie dieses „%1“.</translation>
    </message>
    <message>
        <source>Token “%1”</source>
        <translation>Element „%1“</translation>
    </message>
    <message>
        <source>%1: the box has a number that is no place on a canvas.</source>
        <translation>%1: Der Rahmen hat eine Zahl, die kein Ort auf einer Arbeitsfläche ist.</translation>
    </message>
    <message>
        <source>Use fractions of the canvas: [x, y, width, height], such as [0.1, 0.2, 0.8, 0.5].</source>
        <translation>Nehmen Sie Bruchteile der Arbeitsfläche: [x, y, Breite, Höhe], etwa [0.1, 0.2, 0.8, 0.5].</translation>
    </message>
    <message>
        <source>%1: the box has no size.</source>
        <translation>%1: Der Rahmen hat keine Größe.</translation>
    </message>
    <message>
        <source>Give it a width and a height above 0.</source>
        <translation>Geben Sie ihm eine Breite und Höhe über 0.</translation>
    </message>
    <message>
        <source>%1 lies outside the canvas and is never seen.</source>
        <translation>%1 liegt außerhalb der Arbeitsfläche und ist nie zu sehen.</translation>
    </message>
    <message>
        <source>Move it inside, or hide it.</source>
        <translation>Schieben Sie es hinein, oder blenden Sie es aus.</translation>
    </message>
    <message>
        <source>%1 shows nothing.</source>
        <translation>%1 zeigt nichts.</translation>
    </message>
    <message>
        <source>Say in &quot;show&quot; what is to be seen there.</source>
        <translation>Sagen Sie in „show“, was dort zu sehen sein soll.</translation>
    </message>
    <message>
        <source>%1 says nothing.</source>
        <translation>%1 sagt nichts.</translation>
    </message>
    <message>
        <source>Give it a &quot;text&quot;.</source>
        <translation>Geben Sie ihm einen „text“.</translation>
    </message>
    <message>
        <source>“%1” cannot be the name of a slot.</source>
        <translation>„%1“ kann nicht der Name eines Feldes sein.</translation>
    </message>
    <message>
        <source>Start with a small letter; go on with small letters, digits and _.</source>
        <translation>Beginnen Sie mit einem kleinen Buchstaben; dann kleine Buchstaben, Ziffern und _.</translation>
    </message>
    <message>
        <source>Two slots have the name “%1”.</source>
        <translation>Zwei Felder haben den Namen „%1“.</translation>
    </message>
    <message>
        <source>Rename one of them.</source>
        <translation>Benennen Sie eines davon um.</translation>
    </message>
    <message>
        <source>Slot “%1”</source>
        <translation>Feld „%1“</translation>
    </message>
    <message>
        <source>%1: its smallest number is above its largest.</source>
        <translation>%1: Die kleinste Zahl liegt über der größten.</translation>
    </message>
    <message>
        <source>Swap &quot;min&quot; and &quot;max&quot;.</source>
        <translation>Vertauschen Sie „min“ und „max“.</translation>
    </message>
    <message>
        <source>%1 offers no choices.</source>
        <translation>%1 bietet keine Auswahl.</translation>
    </message>
    <message>
        <source>Add &quot;choices&quot;: a list of texts.</source>
        <translation>Fügen Sie „choices“ hinzu: eine Liste von Texten.</translation>
    </message>
    <message>
        <source>%1: its default does not fit. %2</source>
        <translation>%1: Die Vorgabe passt nicht. %2</translation>
    </message>
    <message>
        <source>%1 is used nowhere.</source>
        <translation>%1 wird nirgends benutzt.</translation>
    </message>
    <message>
        <source>Insert {%1} in a text, or remove the slot.</source>
        <translation>Setzen Sie {%1} in einen Text ein, oder entfernen Sie das Feld.</translation>
    </message>
    <message>
        <source>%1: the key “%2” holds more than %3 characters.</source>
        <translation>%1: Der Schlüssel „%2“ enthält mehr als %3 Zeichen.</translation>
    </message>
    <message>
        <source>%1, key “%2”: %3.</source>
        <translation>%1, Schlüssel „%2“: %3.</translation>
    </message>
    <message>
        <source>%1, key “%2”, inserts {%3}, but there is no slot of that name.</source>
        <translation>%1, Schlüssel „%2“, setzt {%3} ein, aber es gibt kein Feld dieses Namens.</translation>
    </message>
    <message>
        <source>Add the slot, or write {{ for a brace.</source>
        <translation>Fügen Sie das Feld hinzu, oder schreiben Sie {{ für eine Klammer.</translation>
    </message>
    <message>
        <source>Did you mean {%1}?</source>
        <translation>Meinten Sie {%1}?</translation>
    </message>
    <message>
        <source>%1, key “%2”, names &lt;%3&gt;, but there is no token of that id.</source>
        <translation>%1, Schlüssel „%2“, nennt &lt;%3&gt;, aber es gibt kein Element dieser Kennung.</translation>
    </message>
    <message>
        <source>Write &lt;&lt; for the character itself.</source>
        <translation>Schreiben Sie &lt;&lt; für das Zeichen selbst.</translation>
    </message>
    <message>
        <source>Did you mean &lt;%1&gt;?</source>
        <translation>Meinten Sie &lt;%1&gt;?</translation>
    </message>
    <message>
        <source>%1: “%2” is no colour.</source>
        <translation>%1: „%2“ ist keine Farbe.</translation>
    </message>
    <message>
        <source>Write it as #RRGGBB, or as {slot} with a slot of type color.</source>
        <translation>Schreiben Sie sie als #RRGGBB, oder als {feld} mit einem Feld der Art color.</translation>
    </message>
    <message>
        <source>%1: the palette has %2 colours; the most is %3.</source>
        <translation>%1: Die Palette hat %2 Farben; das Höchste ist %3.</translation>
    </message>
    <message>
        <source>Remove the least important ones.</source>
        <translation>Entfernen Sie die unwichtigsten.</translation>
    </message>
    <message>
        <source>%1: the palette has an empty colour.</source>
        <translation>%1: Die Palette hat eine leere Farbe.</translation>
    </message>
    <message>
        <source>Write it as #RRGGBB, or remove it.</source>
        <translation>Schreiben Sie sie als #RRGGBB, oder entfernen Sie sie.</translation>
    </message>
</context>
<context>
    <name>Galley::TemplateDocument</name>
    <message>
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>%1 ändern</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>%1 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Open rows</source>
        <translation>Zeilen öffnen</translation>
    </message>
    <message>
        <source>Close rows</source>
        <translation>Zeilen schließen</translation>
    </message>
</context>
<context>
    <name>Galley::TemplateEdits</name>
    <message>
        <source>A name starts with a letter a–z and goes on with a–z, 0–9, _ and -.</source>
        <translation>Ein Name beginnt mit einem Buchstaben a–z; dann folgen a–z, 0–9, _ und -.</translation>
    </message>
</context>
<context>
    <name>Galley::TemplateFile</name>
    <message>
        <source>%1 is JSON, but not a Galley template: it has no &quot;galley&quot; key. Open a *.galley file.</source>
        <translation>%1 ist JSON, aber keine Galley-Vorlage: Der Schlüssel „galley“ fehlt. Öffnen Sie eine *.galley-Datei.</translation>
    </message>
    <message>
        <source>%1: the key &quot;%2&quot; must be the version of the format, such as %3.</source>
        <translation>%1: Der Schlüssel „%2“ muss die Version des Formats sein, etwa %3.</translation>
    </message>
    <message>
        <source>%1 was saved by a newer Galley (format %2; this one reads up to %3). Update Galley to open it.</source>
        <translation>%1 wurde von einem neueren Galley gesichert (Format %2; dieses liest bis %3). Aktualisieren Sie Galley, um es zu öffnen.</translation>
    </message>
    <message numerus="yes">
        <source>(%n more finding(s); galley check lists them.)</source>
        <translation>
            <numerusform>(%n weiterer Befund; galley check zeigt ihn.)</numerusform>
            <numerusform>(%n weitere Befunde; galley check zeigt sie.)</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 does not exist. Check its name and folder.</source>
        <translation>%1 gibt es nicht. Prüfen Sie Name und Ordner.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>es ist ein Ordner</translation>
    </message>
    <message>
        <source>%1 is larger than %2 MB, the most that a template may be.</source>
        <translation>%1 ist größer als %2 MB, das Höchste für eine Vorlage.</translation>
    </message>
    <message>
        <source>%1 cannot be saved: %2. The file is as it was; save under another name or free some space.</source>
        <translation>%1 kann nicht gesichert werden: %2. Die Datei ist, wie sie war; sichern Sie unter einem anderen Namen, oder schaffen Sie Platz.</translation>
    </message>
</context>
<context>
    <name>Galley::TemplateReader</name>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a list of texts in [ ]</source>
        <translation>eine Liste von Texten in [ ]</translation>
    </message>
    <message>
        <source>%1: “%2” is no %3. It is one of %4.</source>
        <translation>%1: „%2“ ist nicht %3. Es ist eines von %4.</translation>
    </message>
    <message>
        <source>Did you mean “%1”?</source>
        <translation>Meinten Sie „%1“?</translation>
    </message>
    <message>
        <source>%1: the key “%2” must be %3.</source>
        <translation>%1: Der Schlüssel „%2“ muss %3 sein.</translation>
    </message>
    <message>
        <source>%1: the key “%2” is not known here and has no effect.</source>
        <translation>%1: Der Schlüssel „%2“ ist hier nicht bekannt und bewirkt nichts.</translation>
    </message>
    <message>
        <source>a text in quotation marks</source>
        <translation>ein Text in Anführungszeichen</translation>
    </message>
    <message>
        <source>%1: the key “%2” holds %3 characters; a value has at most %4. Shorten it.</source>
        <translation>%1: Der Schlüssel „%2“ enthält %3 Zeichen; ein Wert hat höchstens %4. Kürzen Sie ihn.</translation>
    </message>
    <message>
        <source>an object in { }</source>
        <translation>ein Objekt in { }</translation>
    </message>
    <message>
        <source>The canvas</source>
        <translation>Die Arbeitsfläche</translation>
    </message>
    <message>
        <source>The style</source>
        <translation>Der Stil</translation>
    </message>
    <message>
        <source>A token needs a box.</source>
        <translation>Ein Element braucht einen Rahmen.</translation>
    </message>
    <message>
        <source>Add &quot;box&quot;: [x, y, width, height] in fractions of the canvas.</source>
        <translation>Fügen Sie „box“ hinzu: [x, y, Breite, Höhe] in Bruchteilen der Arbeitsfläche.</translation>
    </message>
    <message>
        <source>four numbers [x, y, width, height]</source>
        <translation>vier Zahlen [x, y, Breite, Höhe]</translation>
    </message>
    <message>
        <source>Token %1</source>
        <translation>Element %1</translation>
    </message>
    <message>
        <source>Token “%1”</source>
        <translation>Element „%1“</translation>
    </message>
    <message>
        <source>%1 must be an object in { }.</source>
        <translation>%1 muss ein Objekt in { } sein.</translation>
    </message>
    <message>
        <source>%1 needs a role.</source>
        <translation>%1 braucht eine Rolle.</translation>
    </message>
    <message>
        <source>Add &quot;role&quot;: one of %1.</source>
        <translation>Fügen Sie „role“ hinzu: eines von %1.</translation>
    </message>
    <message>
        <source>Slot “%1”</source>
        <translation>Feld „%1“</translation>
    </message>
    <message>
        <source>a list in [ ]</source>
        <translation>eine Liste in [ ]</translation>
    </message>
    <message>
        <source>There are %1 tokens; a template has at most %2. Remove some, or make two templates.</source>
        <translation>Es gibt %1 Elemente; eine Vorlage hat höchstens %2. Entfernen Sie einige, oder machen Sie zwei Vorlagen.</translation>
    </message>
    <message>
        <source>There are %1 slots; a template has at most %2. Remove some, or make two templates.</source>
        <translation>Es gibt %1 Felder; eine Vorlage hat höchstens %2. Entfernen Sie einige, oder machen Sie zwei Vorlagen.</translation>
    </message>
    <message>
        <source>The template</source>
        <translation>Die Vorlage</translation>
    </message>
</context>
<context>
    <name>Galley::TokenEditor</name>
    <message>
        <source>Duplicate %1</source>
        <translation>%1 verdoppeln</translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>%1 bewegen</translation>
    </message>
    <message>
        <source>Resize %1</source>
        <translation>Größe von %1 ändern</translation>
    </message>
    <message>
        <source>This template is read-only: it is open in another window, or its file cannot be written. Save it under another name to edit it.</source>
        <translation>Diese Vorlage ist nur lesbar: Sie ist in einem anderen Fenster geöffnet, oder ihre Datei kann nicht geschrieben werden. Sichern Sie sie unter einem anderen Namen, um sie zu bearbeiten.</translation>
    </message>
    <message numerus="yes">
        <source>%n tokens</source>
        <translation>
            <numerusform>%n Element</numerusform>
            <numerusform>%n Elemente</numerusform>
        </translation>
    </message>
    <message>
        <source>Align %1</source>
        <translation>%1 ausrichten</translation>
    </message>
    <message>
        <source>Distribute %1</source>
        <translation>%1 verteilen</translation>
    </message>
    <message>
        <source>Bring %1 to front</source>
        <translation>%1 ganz nach vorn</translation>
    </message>
    <message>
        <source>Bring %1 forward</source>
        <translation>%1 nach vorn</translation>
    </message>
    <message>
        <source>Send %1 backward</source>
        <translation>%1 nach hinten</translation>
    </message>
    <message>
        <source>Send %1 to back</source>
        <translation>%1 ganz nach hinten</translation>
    </message>
    <message>
        <source>Edit text of %1</source>
        <translation>Text von %1 bearbeiten</translation>
    </message>
    <message>
        <source>Hide %1</source>
        <translation>%1 ausblenden</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 einblenden</translation>
    </message>
    <message>
        <source>Lock %1</source>
        <translation>%1 sperren</translation>
    </message>
    <message>
        <source>Unlock %1</source>
        <translation>%1 entsperren</translation>
    </message>
    <message>
        <source>A template holds at most %1 tokens. Delete some before adding more.</source>
        <translation>Eine Vorlage hat höchstens %1 Elemente. Löschen Sie einige, bevor Sie weitere hinzufügen.</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
    <message>
        <source>Paste %1</source>
        <translation>%1 einfügen</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
</context>
<context>
    <name>Galley::TokenList</name>
    <message>
        <source>Tokens</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>Add a token</source>
        <translation>Element hinzufügen</translation>
    </message>
    <message>
        <source>Tokens, topmost first</source>
        <translation>Elemente, oberstes zuerst</translation>
    </message>
    <message>
        <source>Draw a box on the canvas, or add a token with +.</source>
        <translation>Ziehen Sie einen Rahmen auf der Arbeitsfläche auf, oder fügen Sie mit + ein Element hinzu.</translation>
    </message>
</context>
<context>
    <name>Galley::TokenModel</name>
    <message>
        <source>hidden</source>
        <translation>ausgeblendet</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>Hide %1</source>
        <translation>%1 ausblenden</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 einblenden</translation>
    </message>
    <message>
        <source>Lock %1</source>
        <translation>%1 sperren</translation>
    </message>
    <message>
        <source>Unlock %1</source>
        <translation>%1 entsperren</translation>
    </message>
    <message>
        <source>Another token is called &quot;%1&quot; already.</source>
        <translation>Ein anderes Element heißt schon „%1“.</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>%1 umbenennen</translation>
    </message>
    <message>
        <source>Reorder tokens</source>
        <translation>Elemente umordnen</translation>
    </message>
</context>
<context>
    <name>Galley::WordsField</name>
    <message>
        <source>Several values</source>
        <translation>Mehrere Werte</translation>
    </message>
</context>
<context>
    <name>Galley::WorkerFrame</name>
    <message>
        <source>There is not enough memory for a picture of %1 × %2 pixels.</source>
        <translation>Für ein Bild von %1 × %2 Pixeln reicht der Speicher nicht.</translation>
    </message>
</context>
<context>
    <name>Galley::WorkerProcess</name>
    <message>
        <source>The drawing worker did not get ready in %1 s.</source>
        <translation>Der Zeichenprozess wurde in %1 s nicht bereit.</translation>
    </message>
    <message>
        <source>The drawing worker was ended from outside or crashed.</source>
        <translation>Der Zeichenprozess wurde von außen beendet oder ist abgestürzt.</translation>
    </message>
    <message>
        <source>The drawing worker ended by itself (status %1).</source>
        <translation>Der Zeichenprozess hat sich selbst beendet (Status %1).</translation>
    </message>
    <message>
        <source>The drawing worker %1 cannot be started. Build the target galley-worker, or install Galley again.</source>
        <translation>Der Zeichenprozess %1 kann nicht gestartet werden. Bauen Sie das Ziel galley-worker, oder installieren Sie Galley neu.</translation>
    </message>
</context>
</TS>
