<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Galley</name>
    <message>
        <source>This job has no picture %1: it brought %2.</source>
        <translation>Dieser Auftrag hat kein Bild %1: Er brachte %2.</translation>
    </message>
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
        <source>Nothing is wrong.</source>
        <translation>Alles ist in Ordnung.</translation>
    </message>
    <message>
        <source>Nothing is wrong with these %1 files.</source>
        <translation>Diese %1 Dateien sind in Ordnung.</translation>
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
        <source>%1 has %2 rows, and %3 is one file. Name one row, such as %1#1, or give a folder.</source>
        <translation>%1 hat %2 Zeilen, und %3 ist eine Datei. Nennen Sie eine Zeile, etwa %1#1, oder geben Sie einen Ordner an.</translation>
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
    <message>
        <source>%1 cannot be written: %2. Free some space or check the folder&apos;s permissions.</source>
        <translation>%1 kann nicht geschrieben werden: %2. Schaffen Sie Platz, oder prüfen Sie die Rechte des Ordners.</translation>
    </message>
    <message>
        <source>its folder cannot be made</source>
        <translation>der Ordner kann nicht angelegt werden</translation>
    </message>
    <message>
        <source>its folder cannot be brought to disk</source>
        <translation>der Ordner lässt sich nicht auf den Datenträger bringen</translation>
    </message>
    <message>
        <source>There is a control character (%1) here. Save the file as plain UTF-8 text.</source>
        <translation>Hier steht ein Steuerzeichen (%1). Speichern Sie die Datei als reinen UTF-8-Text.</translation>
    </message>
    <message>
        <source>This line is not valid UTF-8. Save the file as UTF-8 text.</source>
        <translation>Diese Zeile ist kein gültiges UTF-8. Speichern Sie die Datei als UTF-8-Text.</translation>
    </message>
    <message>
        <source>A tab cannot indent YAML. Use spaces.</source>
        <translation>Ein Tabulator kann YAML nicht einrücken. Nehmen Sie Leerzeichen.</translation>
    </message>
    <message>
        <source>A text in quotes has no end. Look for a missing quote.</source>
        <translation>Ein Text in Anführungszeichen hat kein Ende. Suchen Sie das fehlende Zeichen.</translation>
    </message>
    <message>
        <source>This alias or anchor is wrong: an alias (*name) needs an anchor (&amp;name) before it.</source>
        <translation>Dieser Alias oder Anker ist falsch: Ein Alias (*name) braucht davor einen Anker (&amp;name).</translation>
    </message>
    <message>
        <source>The list or map ends unexpectedly. Look for a missing bracket, brace, comma or colon, or for a wrong indent.</source>
        <translation>Die Liste oder Zuordnung endet unerwartet. Suchen Sie eine fehlende Klammer, ein fehlendes Komma, einen fehlenden Doppelpunkt oder eine falsche Einrückung.</translation>
    </message>
    <message>
        <source>A value cannot stand here. Look for a wrong indent, or for a text with &quot;: &quot; that needs quotes.</source>
        <translation>Hier kann kein Wert stehen. Suchen Sie eine falsche Einrückung oder einen Text mit „: “, der Anführungszeichen braucht.</translation>
    </message>
    <message>
        <source>This is not valid YAML.</source>
        <translation>Das ist kein gültiges YAML.</translation>
    </message>
    <message>
        <source>The file is %1 bytes long; the limit is %2.</source>
        <translation>Die Datei ist %1 Bytes lang; die Grenze ist %2.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is drawn by the model, and &quot;%2&quot;, which lies below it, is set over the model&apos;s picture: it will hide &quot;%1&quot;. Let the model draw both, or set both.</source>
        <translation>„%1“ zeichnet das Modell, und „%2“ darunter wird über das Bild des Modells gesetzt: Es wird „%1“ verdecken. Lassen Sie das Modell beide zeichnen, oder setzen Sie beide.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a background that is set: it would hide the model&apos;s picture and is left out of the final. Let the model draw it, or send the draft along.</source>
        <translation>„%1“ ist ein gesetzter Hintergrund: Er würde das Bild des Modells verdecken und fehlt im Final. Lassen Sie ihn das Modell zeichnen, oder senden Sie den Entwurf mit.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is set but has only words for the model, so nothing draws it in the final. Give it an image, or let the model draw it.</source>
        <translation>„%1“ ist gesetzt, hat aber nur Worte für das Modell; im Final zeichnet es niemand. Geben Sie ihm ein Bild, oder lassen Sie es das Modell zeichnen.</translation>
    </message>
    <message>
        <source>it says nothing more.</source>
        <translation>mehr sagt es nicht.</translation>
    </message>
    <message>
        <source>%1 answers.</source>
        <translation>%1 antwortet.</translation>
    </message>
    <message>
        <source>What answers at %1 is no server of the OpenAI format. Check the address of the backend in models.yaml; it mostly ends with /v1.</source>
        <translation>Was bei %1 antwortet, ist kein Server im OpenAI-Format. Prüfen Sie die Adresse des Dienstes in models.yaml; meist endet sie mit /v1.</translation>
    </message>
    <message>
        <source>%1 answers and knows one model.</source>
        <translation>%1 antwortet und kennt ein Modell.</translation>
    </message>
    <message>
        <source>%1 answers and knows %2 models.</source>
        <translation>%1 antwortet und kennt %2 Modelle.</translation>
    </message>
    <message>
        <source>The request to %1 was cancelled.</source>
        <translation>Die Anfrage an %1 wurde abgebrochen.</translation>
    </message>
    <message>
        <source>its link to the picture cannot be followed</source>
        <translation>dem Link zum Bild kann nicht gefolgt werden</translation>
    </message>
    <message>
        <source>its link to the picture is not https</source>
        <translation>der Link zum Bild ist nicht https</translation>
    </message>
    <message>
        <source>its link to the picture points into a private network</source>
        <translation>der Link zum Bild zeigt in ein privates Netz</translation>
    </message>
    <message>
        <source>the picture is empty</source>
        <translation>das Bild ist leer</translation>
    </message>
    <message>
        <source>the picture is larger than %1 MB</source>
        <translation>das Bild ist größer als %1 MB</translation>
    </message>
    <message>
        <source>what it sent is no PNG, JPEG, WebP or GIF picture</source>
        <translation>das Gesendete ist kein Bild in PNG, JPEG, WebP oder GIF</translation>
    </message>
    <message>
        <source>the picture was cut off after %1 bytes</source>
        <translation>das Bild wurde nach %1 Bytes abgeschnitten</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>Das Bild</translation>
    </message>
    <message>
        <source>the picture has more than %1 million pixels</source>
        <translation>das Bild hat mehr als %1 Millionen Pixel</translation>
    </message>
    <message>
        <source>the picture is damaged</source>
        <translation>das Bild ist beschädigt</translation>
    </message>
    <message>
        <source>its data URL is not in base64</source>
        <translation>die Daten-URL ist nicht in base64</translation>
    </message>
    <message>
        <source>its base64 is damaged</source>
        <translation>das base64 ist beschädigt</translation>
    </message>
    <message>
        <source>&quot;%1&quot; should say &quot;%2&quot;, but no text could be read there. Look at the picture; text that must be right is better set.</source>
        <translation>„%1“ soll „%2“ heißen, dort war aber kein Text zu lesen. Sehen Sie das Bild an; Text, der stimmen muss, wird besser gesetzt.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; should say &quot;%2&quot;, but &quot;%3&quot; was read. Look at the picture; text that must be right is better set.</source>
        <translation>„%1“ soll „%2“ heißen, gelesen wurde aber „%3“. Sehen Sie das Bild an; Text, der stimmen muss, wird besser gesetzt.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be read here: Tesseract has no data for its script. Install the language for Tesseract.</source>
        <translation>„%1“ kann hier nicht gelesen werden: Tesseract hat keine Daten für die Schrift. Installieren Sie die Sprache für Tesseract.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; lies outside the picture and cannot be read.</source>
        <translation>„%1“ liegt außerhalb des Bildes und kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation>%1 kB</translation>
    </message>
    <message>
        <source>models.yaml as shipped</source>
        <translation>models.yaml im Lieferzustand</translation>
    </message>
    <message>
        <source>must be a text.</source>
        <translation>muss ein Text sein.</translation>
    </message>
    <message>
        <source>is longer than %1 characters.</source>
        <translation>ist länger als %1 Zeichen.</translation>
    </message>
    <message>
        <source>must be a whole number from %1 to %2.</source>
        <translation>muss eine ganze Zahl von %1 bis %2 sein.</translation>
    </message>
    <message>
        <source>must be a number of pixels, such as 1048576.</source>
        <translation>muss eine Zahl von Pixeln sein, etwa 1048576.</translation>
    </message>
    <message>
        <source>must be a price in US dollars from 0 to %1.</source>
        <translation>muss ein Preis in US-Dollar von 0 bis %1 sein.</translation>
    </message>
    <message>
        <source>Write it as a number without a currency sign, such as 0.06.</source>
        <translation>Schreiben Sie ihn als Zahl ohne Währungszeichen, etwa 0.06.</translation>
    </message>
    <message>
        <source>has a ratio that is none: &quot;%1&quot;.</source>
        <translation>hat ein Verhältnis, das keines ist: „%1“.</translation>
    </message>
    <message>
        <source>Write ratios as 4x5.</source>
        <translation>Schreiben Sie Verhältnisse als 4x5.</translation>
    </message>
    <message>
        <source>has a size that is none: &quot;%1&quot;.</source>
        <translation>hat eine Größe, die keine ist: „%1“.</translation>
    </message>
    <message>
        <source>Write sizes as 1024x768.</source>
        <translation>Schreiben Sie Größen als 1024x768.</translation>
    </message>
    <message>
        <source>Write {ratios: [&quot;1x1&quot;, &quot;4x5&quot;]}, {list: [&quot;1024x1024&quot;]} or {multiple: 16, min_px: 65536, max_px: 4194304}.</source>
        <translation>Schreiben Sie {ratios: [&quot;1x1&quot;, &quot;4x5&quot;]}, {list: [&quot;1024x1024&quot;]} oder {multiple: 16, min_px: 65536, max_px: 4194304}.</translation>
    </message>
    <message>
        <source>must be a map.</source>
        <translation>muss eine Zuordnung sein.</translation>
    </message>
    <message>
        <source>must be a list of 1 to 500 entries.</source>
        <translation>muss eine Liste mit 1 bis 500 Einträgen sein.</translation>
    </message>
    <message>
        <source>is not known here.</source>
        <translation>ist hier nicht bekannt.</translation>
    </message>
    <message>
        <source>cannot be used: %1 %2</source>
        <translation>ist nicht benutzbar: %1 %2</translation>
    </message>
    <message>
        <source>needs exactly one of ratios, list and multiple.</source>
        <translation>braucht genau eines von ratios, list und multiple.</translation>
    </message>
    <message>
        <source>has a min_px above its max_px.</source>
        <translation>hat ein min_px über max_px.</translation>
    </message>
    <message>
        <source>Write {usd: 0.06, per: image}, {usd: 0.003, per: megapixel} or {&quot;1024x1024/high&quot;: 0.21}.</source>
        <translation>Schreiben Sie {usd: 0.06, per: image}, {usd: 0.003, per: megapixel} oder {&quot;1024x1024/high&quot;: 0.21}.</translation>
    </message>
    <message>
        <source>cannot be understood.</source>
        <translation>ist nicht zu verstehen.</translation>
    </message>
    <message>
        <source>cannot be used: &quot;%1&quot; %2</source>
        <translation>ist nicht benutzbar: „%1“ %2</translation>
    </message>
    <message>
        <source>must be a list.</source>
        <translation>muss eine Liste sein.</translation>
    </message>
    <message>
        <source>Write it as [seed, json].</source>
        <translation>Schreiben Sie es als [seed, json].</translation>
    </message>
    <message>
        <source>names &quot;%1&quot;, which is none of %2.</source>
        <translation>nennt „%1“, das keines von %2 ist.</translation>
    </message>
    <message>
        <source>holds more than %1 values.</source>
        <translation>enthält mehr als %1 Werte.</translation>
    </message>
    <message>
        <source>must be a day.</source>
        <translation>muss ein Tag sein.</translation>
    </message>
    <message>
        <source>Write it as 2027-01-31.</source>
        <translation>Schreiben Sie ihn als 2027-01-31.</translation>
    </message>
    <message>
        <source>must be draft, mid or final.</source>
        <translation>muss draft, mid oder final sein.</translation>
    </message>
    <message>
        <source>must be one of %1.</source>
        <translation>muss eines von %1 sein.</translation>
    </message>
    <message>
        <source>must be the name under which the keychain holds the key, not the key itself.</source>
        <translation>muss der Name sein, unter dem der Schlüsselbund den Schlüssel hat, nicht der Schlüssel selbst.</translation>
    </message>
    <message>
        <source>Write a name such as %1 here and enter the key in the settings.</source>
        <translation>Schreiben Sie hier einen Namen wie %1, und geben Sie den Schlüssel in den Einstellungen ein.</translation>
    </message>
    <message>
        <source>must be an address.</source>
        <translation>muss eine Adresse sein.</translation>
    </message>
    <message>
        <source>Write it as https://host/v1 or http://127.0.0.1:8000/v1.</source>
        <translation>Schreiben Sie sie als https://host/v1 oder http://127.0.0.1:8000/v1.</translation>
    </message>
    <message>
        <source>must not hold a user name or password.</source>
        <translation>darf keinen Benutzernamen und kein Passwort enthalten.</translation>
    </message>
    <message>
        <source>Enter the password as key in the settings.</source>
        <translation>Geben Sie das Passwort als Schlüssel in den Einstellungen ein.</translation>
    </message>
    <message>
        <source>must end with its path, without ? and #.</source>
        <translation>muss mit dem Pfad enden, ohne ? und #.</translation>
    </message>
    <message>
        <source>must be true or false.</source>
        <translation>muss true oder false sein.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be a map.</source>
        <translation>„%1“ muss eine Zuordnung sein.</translation>
    </message>
    <message>
        <source>%1 of &quot;%2&quot; %3</source>
        <translation>%1 von „%2“ %3</translation>
    </message>
    <message>
        <source>Did you mean &quot;%1&quot;?</source>
        <translation>Meinten Sie „%1“?</translation>
    </message>
    <message>
        <source>There are %1.</source>
        <translation>Es gibt %1.</translation>
    </message>
    <message>
        <source>There is no model &quot;%1&quot;.</source>
        <translation>Es gibt kein Modell „%1“.</translation>
    </message>
    <message>
        <source>&quot;galley models&quot; lists those that there are; models.yaml can add one.</source>
        <translation>„galley models“ nennt die, die es gibt; in models.yaml kann eines hinzukommen.</translation>
    </message>
    <message>
        <source>The keychain did not answer.</source>
        <translation>Der Schlüsselbund hat nicht geantwortet.</translation>
    </message>
    <message>
        <source>%1 takes no size: it is asked for the ratio %2 instead of %3 and chooses the pixels itself.</source>
        <translation>%1 nimmt keine Größe: Statt um %3 wird um das Verhältnis %2 gebeten; die Pixel wählt es selbst.</translation>
    </message>
    <message>
        <source>%1 does not make %2; it is asked for %3, the nearest size that it has.</source>
        <translation>%1 macht kein %2; es wird um %3 gebeten, die nächste Größe, die es hat.</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>morgen</translation>
    </message>
    <message>
        <source>in %1 days</source>
        <translation>in %1 Tagen</translation>
    </message>
    <message>
        <source>%1 will be shut down %2, on %3.</source>
        <translation>%1 wird %2 abgeschaltet, am %3.</translation>
    </message>
    <message>
        <source>Its replacement is %1.</source>
        <translation>Der Ersatz ist %1.</translation>
    </message>
    <message>
        <source>%1 takes no seed: %2 is not sent, and the same request gives another picture each time.</source>
        <translation>%1 nimmt keinen Startwert: %2 wird nicht gesendet, und dieselbe Anfrage gibt jedes Mal ein anderes Bild.</translation>
    </message>
    <message>
        <source>%1 takes no number of steps: %2 is not sent.</source>
        <translation>%1 nimmt keine Schrittzahl: %2 wird nicht gesendet.</translation>
    </message>
    <message>
        <source>%1 takes no negative prompt: it is not sent. Say in the template what should be there instead.</source>
        <translation>%1 nimmt keinen negativen Prompt: Er wird nicht gesendet. Sagen Sie in der Vorlage, was stattdessen da sein soll.</translation>
    </message>
    <message>
        <source>%1 makes one picture for each request: one is asked for instead of %2.</source>
        <translation>%1 macht ein Bild je Anfrage: Statt um %2 wird um eines gebeten.</translation>
    </message>
    <message>
        <source>%1 takes no start picture: the draft is not sent along.</source>
        <translation>%1 nimmt kein Startbild: Der Entwurf wird nicht mitgesendet.</translation>
    </message>
    <message>
        <source>The prompt has %1 characters; %2 takes %3 and will refuse it. Shorten the texts of the template.</source>
        <translation>Der Prompt hat %1 Zeichen; %2 nimmt %3 und wird ihn ablehnen. Kürzen Sie die Texte der Vorlage.</translation>
    </message>
    <message>
        <source>The network is switched off in the settings, so %1 cannot be asked now.</source>
        <translation>Das Netz ist in den Einstellungen ausgeschaltet; %1 kann jetzt nicht gefragt werden.</translation>
    </message>
    <message>
        <source>There is no key for %1. Enter it under Services and Keys, or set %2 in the environment.</source>
        <translation>Für %1 gibt es keinen Schlüssel. Geben Sie ihn unter Dienste und Schlüssel ein, oder setzen Sie %2 in der Umgebung.</translation>
    </message>
    <message>
        <source>This job has no picture yet: it is %1.</source>
        <translation>Dieser Auftrag hat noch kein Bild: Er ist %1.</translation>
    </message>
    <message>
        <source>The seed %1 is not possible: seeds are 0 to 2147483647.</source>
        <translation>Der Startwert %1 ist nicht möglich: Startwerte sind 0 bis 2147483647.</translation>
    </message>
    <message>
        <source>%1 steps are not possible: take 1 to %2.</source>
        <translation>%1 Schritte sind nicht möglich: Nehmen Sie 1 bis %2.</translation>
    </message>
    <message>
        <source>%1 pictures of one request are not possible: take 1 to %2.</source>
        <translation>%1 Bilder aus einer Anfrage sind nicht möglich: Nehmen Sie 1 bis %2.</translation>
    </message>
    <message>
        <source>The strength of the start picture must lie between 0 (unchanged) and 1 (only a hint).</source>
        <translation>Die Stärke des Startbilds muss zwischen 0 (unverändert) und 1 (nur ein Anhalt) liegen.</translation>
    </message>
    <message>
        <source>The size %1×%2 is not possible: take 1 to %3 a side.</source>
        <translation>Die Größe %1×%2 ist nicht möglich: Nehmen Sie 1 bis %3 je Seite.</translation>
    </message>
    <message>
        <source>%1 is rendered by &quot;%2&quot;, a backend of the kind &quot;%3&quot;, which this version of Galley cannot talk to.</source>
        <translation>%1 rendert „%2“, ein Dienst der Art „%3“, mit der diese Version von Galley nicht sprechen kann.</translation>
    </message>
    <message>
        <source>%1 draws drafts, layer by layer, and no finals. Choose another model, or render without --model.</source>
        <translation>%1 zeichnet Entwürfe, Ebene für Ebene, und keine Finals. Wählen Sie ein anderes Modell, oder rendern Sie ohne --model.</translation>
    </message>
    <message>
        <source>The budget of %1 USD a day does not cover it: %2 USD are spent or reserved today and this costs %3 USD. Raise &quot;Budget for a day&quot; under Services and Keys (budget/per_day_usd in the settings file), or wait until tomorrow.</source>
        <translation>Das Budget von %1 USD am Tag reicht nicht: Heute sind %2 USD ausgegeben oder vorgemerkt, und dies kostet %3 USD. Heben Sie „Budget für einen Tag“ unter Dienste und Schlüssel an (budget/per_day_usd in der Einstellungsdatei), oder warten Sie bis morgen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has no backend that models.yaml describes. Add it there under backends.</source>
        <translation>„%1“ hat keinen Dienst, den models.yaml beschreibt. Tragen Sie ihn dort unter backends ein.</translation>
    </message>
    <message>
        <source>%1 The service asks to wait for %2 minutes, which is longer than the queue waits by itself. Retry the job later.</source>
        <translation>%1 Der Dienst bittet, %2 Minuten zu warten; so lange wartet die Warteschlange nicht von selbst. Versuchen Sie den Auftrag später noch einmal.</translation>
    </message>
    <message>
        <source>The key for %1 cannot be read</source>
        <translation>Der Schlüssel für %1 ist nicht lesbar</translation>
    </message>
    <message>
        <source>The key for %1 was not stored</source>
        <translation>Der Schlüssel für %1 wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>The key for %1 was not removed</source>
        <translation>Der Schlüssel für %1 wurde nicht entfernt</translation>
    </message>
    <message>
        <source>the keyring is locked. Unlock it, for example in &quot;Passwords and Keys&quot; (seahorse) or by signing in again, and try again</source>
        <translation>der Schlüsselbund ist gesperrt. Entsperren Sie ihn, etwa in „Passwörter und Verschlüsselung“ (seahorse) oder durch neues Anmelden, und versuchen Sie es noch einmal</translation>
    </message>
    <message>
        <source>the keychain has not finished an earlier request. Look for a window that asks for a password</source>
        <translation>der Schlüsselbund ist mit einer früheren Anfrage nicht fertig. Suchen Sie ein Fenster, das nach einem Passwort fragt</translation>
    </message>
    <message>
        <source>the keychain does not answer. Look for a window that asks for a password</source>
        <translation>der Schlüsselbund antwortet nicht. Suchen Sie ein Fenster, das nach einem Passwort fragt</translation>
    </message>
    <message>
        <source>the keychain does not answer. It may still do it: look for a window that asks for a password</source>
        <translation>der Schlüsselbund antwortet nicht. Vielleicht tut er es noch: Suchen Sie ein Fenster, das nach einem Passwort fragt</translation>
    </message>
    <message>
        <source>this session has no D-Bus, through which keychains are reached. Start Galley from a desktop session</source>
        <translation>diese Sitzung hat keinen D-Bus, über den Schlüsselbünde erreicht werden. Starten Sie Galley aus einer Desktop-Sitzung</translation>
    </message>
    <message>
        <source>nothing in this session keeps keys (a Secret Service). Install and start gnome-keyring, or switch on the Secret Service in KeePassXC</source>
        <translation>nichts in dieser Sitzung verwahrt Schlüssel (ein Secret Service). Installieren und starten Sie gnome-keyring, oder schalten Sie den Secret Service in KeePassXC ein</translation>
    </message>
    <message>
        <source>the keychain is there but does not answer. Restart it, or sign in again</source>
        <translation>der Schlüsselbund ist da, antwortet aber nicht. Starten Sie ihn neu, oder melden Sie sich neu an</translation>
    </message>
    <message>
        <source>the keychain denied it. Allow it when the keychain asks, or look there for a rule against Galley</source>
        <translation>der Schlüsselbund hat es verweigert. Erlauben Sie es, wenn er fragt, oder suchen Sie dort eine Regel gegen Galley</translation>
    </message>
    <message>
        <source>there is no keychain that Galley knows. Install gnome-keyring or KWallet with libsecret</source>
        <translation>es gibt keinen Schlüsselbund, den Galley kennt. Installieren Sie gnome-keyring oder KWallet mit libsecret</translation>
    </message>
    <message>
        <source>the keychain does not have it. Look whether it asked for a password and was dismissed, and try again</source>
        <translation>der Schlüsselbund hat ihn nicht. Sehen Sie nach, ob er nach einem Passwort gefragt hat und weggeklickt wurde, und versuchen Sie es noch einmal</translation>
    </message>
    <message>
        <source>the keychain failed without saying why. Try again</source>
        <translation>der Schlüsselbund ist gescheitert, ohne zu sagen, warum. Versuchen Sie es noch einmal</translation>
    </message>
    <message>
        <source>the keychain says: %1</source>
        <translation>der Schlüsselbund sagt: %1</translation>
    </message>
    <message>
        <source> Without a keychain, set %1 in the environment.</source>
        <translation> Ohne Schlüsselbund setzen Sie %1 in der Umgebung.</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>Whether there is a key for %1 cannot be told: %2.</source>
        <translation>Ob es einen Schlüssel für %1 gibt, lässt sich nicht sagen: %2.</translation>
    </message>
    <message>
        <source>The key for %1 was stored on %2, but the keychain of this session does not have it. It was removed there, or this is another keychain. Enter the key again.</source>
        <translation>Der Schlüssel für %1 wurde am %2 gespeichert, aber der Schlüsselbund dieser Sitzung hat ihn nicht. Er wurde dort entfernt, oder dies ist ein anderer Schlüsselbund. Geben Sie den Schlüssel noch einmal ein.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be the name of a key: it must have 1 to %2 characters.</source>
        <translation>„%1“ kann kein Name eines Schlüssels sein: Er muss 1 bis %2 Zeichen haben.</translation>
    </message>
    <message>
        <source>The key for %1 is empty. Paste it again, or remove the key that is stored.</source>
        <translation>Der Schlüssel für %1 ist leer. Fügen Sie ihn noch einmal ein, oder entfernen Sie den gespeicherten.</translation>
    </message>
    <message>
        <source>The key for %1 is longer than %2 bytes, so it is no key. Paste it again.</source>
        <translation>Der Schlüssel für %1 ist länger als %2 Bytes und damit kein Schlüssel. Fügen Sie ihn noch einmal ein.</translation>
    </message>
    <message>
        <source>The key for %1 holds a line break or another character that no key has. Paste it again.</source>
        <translation>Der Schlüssel für %1 enthält einen Zeilenumbruch oder ein anderes Zeichen, das kein Schlüssel hat. Fügen Sie ihn noch einmal ein.</translation>
    </message>
    <message>
        <source>The file %1 of picture %2 is missing. Restore it from a backup.</source>
        <translation>Die Datei %1 von Bild %2 fehlt. Stellen Sie sie aus einer Sicherung wieder her.</translation>
    </message>
    <message>
        <source>The file %1 of picture %2 has been altered since it was accepted. Restore it from a backup.</source>
        <translation>Die Datei %1 von Bild %2 wurde verändert, seit sie angenommen wurde. Stellen Sie sie aus einer Sicherung wieder her.</translation>
    </message>
    <message>
        <source>Interactive</source>
        <translation>Interaktiv</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>Final</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>held</source>
        <translation>zurückgehalten</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>wird gesendet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>tries again</source>
        <translation>neuer Versuch</translation>
    </message>
    <message>
        <source>undecided</source>
        <translation>unentschieden</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>Asked for: %1</source>
        <translation>Gewünscht: %1</translation>
    </message>
    <message>
        <source>Routed to: %1 (rule: %2)</source>
        <translation>Geleitet an: %1 (Regel: %2)</translation>
    </message>
    <message>
        <source>The service says it used: %1</source>
        <translation>Der Dienst hat nach eigener Angabe benutzt: %1</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>um %1</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>The request was sent, but no answer came: it may have been carried out and billed.</source>
        <translation>Die Anfrage wurde gesendet, aber es kam keine Antwort: Sie kann ausgeführt und berechnet worden sein.</translation>
    </message>
    <message>
        <source>You hold this one. It starts when you let it go.</source>
        <translation>Sie halten diesen zurück. Er startet, wenn Sie ihn freigeben.</translation>
    </message>
    <message>
        <source>The service calls it %1.</source>
        <translation>Beim Dienst heißt er %1.</translation>
    </message>
    <message>
        <source>The service&apos;s own word: %1.</source>
        <translation>Das Wort des Dienstes dafür: %1.</translation>
    </message>
    <message>
        <source>free</source>
        <translation>kostenlos</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 %2, and this is sent to a model elsewhere. Leave it out.</source>
        <translation>%1 %2, und dies geht an ein Modell anderswo. Lassen Sie es weg.</translation>
    </message>
    <message>
        <source>--fidelity %1: take draft, mid or final.</source>
        <translation>--fidelity %1: Nehmen Sie draft, mid oder final.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made. Choose another place.</source>
        <translation>Der Ordner %1 kann nicht angelegt werden. Wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>%1 has %2 rows; name the one to route, such as %1#1.</source>
        <translation>%1 hat %2 Zeilen; nennen Sie die gemeinte, etwa %1#1.</translation>
    </message>
    <message>
        <source>the mask</source>
        <translation>die Maske</translation>
    </message>
    <message>
        <source>A mask says what of a start picture is to be drawn anew, and there is none.</source>
        <translation>Eine Maske sagt, was von einem Startbild neu zu zeichnen ist, und es gibt keines.</translation>
    </message>
    <message>
        <source>%1 does not have what the request names: &quot;%2&quot;. Correct the options of the model in models.yaml.</source>
        <translation>%1 hat nicht, was die Anfrage nennt: „%2“. Berichtigen Sie die Angaben des Modells in models.yaml.</translation>
    </message>
    <message>
        <source>%1 has no interface for other programs (it knows no /sdapi). Start the web UI with --api, or check the address in models.yaml.</source>
        <translation>%1 hat keine Schnittstelle für andere Programme (es kennt kein /sdapi). Starten Sie die Weboberfläche mit --api, oder prüfen Sie die Adresse in models.yaml.</translation>
    </message>
    <message>
        <source>%1 does not accept the key. It was started with --api-auth: enter user:password as the key under &quot;Services and Keys&quot;.</source>
        <translation>%1 nimmt den Schlüssel nicht an. Es wurde mit --api-auth gestartet: Geben Sie Benutzer:Passwort als Schlüssel unter Dienste und Schlüssel ein.</translation>
    </message>
    <message>
        <source>%1 has too little GPU memory for this render. Choose a smaller size or model.</source>
        <translation>%1 hat dafür zu wenig Grafikspeicher. Wählen Sie eine kleinere Größe oder ein kleineres Modell.</translation>
    </message>
    <message>
        <source>What answers at %1 is no Stable Diffusion web UI. Check the address of &quot;%2&quot; in models.yaml.</source>
        <translation>Was bei %1 antwortet, ist keine Stable-Diffusion-Weboberfläche. Prüfen Sie die Adresse von „%2“ in models.yaml.</translation>
    </message>
    <message>
        <source>The workflow %1 of &quot;%2&quot; cannot be read: %3. Check its path in models.yaml.</source>
        <translation>Der Ablauf %1 von „%2“ kann nicht gelesen werden: %3. Prüfen Sie seinen Pfad in models.yaml.</translation>
    </message>
    <message>
        <source>The workflow %1 of &quot;%2&quot; is larger than 16 MiB.</source>
        <translation>Der Ablauf %1 von „%2“ ist größer als 16 MiB.</translation>
    </message>
    <message>
        <source>The workflow of &quot;%1&quot; was saved for ComfyUI&apos;s editor. Save it again with Workflow &gt; Export (API).</source>
        <translation>Der Ablauf von „%1“ wurde für den Editor von ComfyUI gespeichert. Speichern Sie ihn noch einmal mit Workflow &gt; Export (API).</translation>
    </message>
    <message>
        <source>The workflow of &quot;%1&quot; is no node graph in ComfyUI&apos;s API format.</source>
        <translation>Der Ablauf von „%1“ ist kein Graph im API-Format von ComfyUI.</translation>
    </message>
    <message>
        <source>Node %1 in the workflow of &quot;%2&quot; has no class_type or no inputs. Save it again with Workflow &gt; Export (API).</source>
        <translation>Knoten %1 im Ablauf von „%2“ hat keinen class_type oder keine inputs. Speichern Sie ihn noch einmal mit Workflow &gt; Export (API).</translation>
    </message>
    <message>
        <source>models.yaml puts &quot;%1&quot; into &quot;%2&quot; of the workflow of &quot;%3&quot;, which has no such node and input. Write it as node.input, such as 6.text.</source>
        <translation>models.yaml setzt „%1“ in „%2“ des Ablaufs von „%3“, der keinen solchen Knoten mit diesem Eingang hat. Schreiben Sie Knoten.Eingang, etwa 6.text.</translation>
    </message>
    <message>
        <source>The workflow of &quot;%1&quot; does not say where the prompt goes. Add inputs: {prompt: &quot;6.text&quot;} with the node&apos;s number to models.yaml.</source>
        <translation>Der Ablauf von „%1“ sagt nicht, wohin der Prompt gehört. Ergänzen Sie in models.yaml inputs: {prompt: &quot;6.text&quot;} mit der Nummer des Knotens.</translation>
    </message>
    <message>
        <source>models.yaml names the input &quot;%1&quot; for the workflow of &quot;%2&quot;; it can be one of: %3.</source>
        <translation>models.yaml nennt den Eingang „%1“ für den Ablauf von „%2“; möglich sind: %3.</translation>
    </message>
    <message>
        <source>models.yaml gives &quot;%1&quot; no upstream, the checkpoint that ComfyUI is to load, and no workflow. Add one of them.</source>
        <translation>models.yaml gibt „%1“ weder upstream, die Gewichte, die ComfyUI laden soll, noch workflow. Ergänzen Sie eines davon.</translation>
    </message>
    <message>
        <source>The workflow has no input for the negative prompt; it was left out.</source>
        <translation>Der Ablauf hat keinen Eingang für den negativen Prompt; er wurde weggelassen.</translation>
    </message>
    <message>
        <source>The workflow sets its own number of steps.</source>
        <translation>Der Ablauf bestimmt die Zahl der Schritte selbst.</translation>
    </message>
    <message>
        <source>The workflow sets its own guidance.</source>
        <translation>Der Ablauf bestimmt die Führungsstärke selbst.</translation>
    </message>
    <message>
        <source>The workflow sets the size of its pictures.</source>
        <translation>Der Ablauf bestimmt die Größe seiner Bilder.</translation>
    </message>
    <message>
        <source>The workflow decides how many pictures it makes.</source>
        <translation>Der Ablauf bestimmt, wie viele Bilder er macht.</translation>
    </message>
    <message>
        <source>ComfyUI chooses no seeds; Galley chose %1.</source>
        <translation>ComfyUI wählt keine Startwerte; Galley hat %1 gewählt.</translation>
    </message>
    <message>
        <source>The workflow has no input for a start picture. Name one as image in models.yaml, or render without the draft.</source>
        <translation>Der Ablauf hat keinen Eingang für ein Startbild. Nennen Sie einen als image in models.yaml, oder rendern Sie ohne den Entwurf.</translation>
    </message>
    <message>
        <source>The workflow sets how much of the start picture stays.</source>
        <translation>Der Ablauf bestimmt, wie viel vom Startbild bleibt.</translation>
    </message>
    <message>
        <source>The workflow has no input for a mask. Name one as mask in models.yaml.</source>
        <translation>Der Ablauf hat keinen Eingang für eine Maske. Nennen Sie einen als mask in models.yaml.</translation>
    </message>
    <message>
        <source>What answers at %1 is no ComfyUI. Check the address of &quot;%2&quot; in models.yaml.</source>
        <translation>Was bei %1 antwortet, ist kein ComfyUI. Prüfen Sie die Adresse von „%2“ in models.yaml.</translation>
    </message>
    <message>
        <source>ComfyUI answers.</source>
        <translation>ComfyUI antwortet.</translation>
    </message>
    <message>
        <source>ComfyUI %1 answers.</source>
        <translation>ComfyUI %1 antwortet.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Diese Datei gibt es nicht.</translation>
    </message>
    <message>
        <source>The file cannot be read: %1.</source>
        <translation>Die Datei kann nicht gelesen werden: %1.</translation>
    </message>
    <message>
        <source>%1 USD</source>
        <translation>%1 USD</translation>
    </message>
    <message>
        <source>%1 USD for a megapixel</source>
        <translation>%1 USD für ein Megapixel</translation>
    </message>
    <message>
        <source>%1 to %2 USD</source>
        <translation>%1 bis %2 USD</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>gewünscht</translation>
    </message>
    <message>
        <source>default</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>queued there</source>
        <translation>dort in der Warteschlange</translation>
    </message>
    <message>
        <source>being rendered</source>
        <translation>wird gerendert</translation>
    </message>
    <message>
        <source>The service does not say which model it used.</source>
        <translation>Der Dienst sagt nicht, welches Modell er benutzt hat.</translation>
    </message>
    <message>
        <source>There is no key for %1. Enter it under &quot;Services and Keys&quot;, or set %2 in the environment.</source>
        <translation>Für %1 gibt es keinen Schlüssel. Geben Sie ihn unter „Dienste und Schlüssel“ ein, oder setzen Sie %2 in der Umgebung.</translation>
    </message>
    <message>
        <source>No safe connection to %1, and nothing was sent: %2 Check the address and this computer&apos;s clock; Galley accepts only certificates that this computer trusts.</source>
        <translation>Keine sichere Verbindung zu %1, und es wurde nichts gesendet: %2 Prüfen Sie die Adresse und die Uhr dieses Rechners; Galley nimmt nur Zertifikate an, denen dieser Rechner vertraut.</translation>
    </message>
    <message>
        <source>The proxy %1 wants a name and a password; nothing was sent. Enter them in the proxy setting.</source>
        <translation>Der Proxy %1 verlangt Namen und Passwort; es wurde nichts gesendet. Geben Sie sie in der Proxy-Einstellung ein.</translation>
    </message>
    <message>
        <source>The proxy %1 does not connect to %2; nothing was sent. Check the proxy setting.</source>
        <translation>Der Proxy %1 verbindet nicht mit %2; es wurde nichts gesendet. Prüfen Sie die Proxy-Einstellung.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Failures: %1 renders against %2 of the control.</source>
        <translation>Fehlschläge: %1 Renderings gegenüber %2 der Kontrolle.</translation>
    </message>
    <message>
        <source>Its first %1 renders failed, all of them.</source>
        <translation>Die ersten %1 Renderings sind alle fehlgeschlagen.</translation>
    </message>
    <message>
        <source>The control fails too since then, so that it is not the candidate&apos;s own trouble.</source>
        <translation>Auch die Kontrolle schlägt seitdem fehl; es liegt also nicht am Kandidaten selbst.</translation>
    </message>
    <message>
        <source>So many renders show that it fails in less than %1 % of the cases (95 % confidence), not more.</source>
        <translation>So viele Renderings zeigen nur, dass es in weniger als %1 % der Fälle fehlschlägt (95 % Konfidenz), nicht mehr.</translation>
    </message>
    <message>
        <source>Nothing speaks against it; this step lasts for another %1.</source>
        <translation>Nichts spricht dagegen; dieser Schritt dauert noch %1.</translation>
    </message>
    <message>
        <source>Chance alone often makes such a difference.</source>
        <translation>Schon der Zufall macht oft einen solchen Unterschied.</translation>
    </message>
    <message>
        <source>Latency: %1 times of it and %2 of the control are too few to compare; %3 of each are the least.</source>
        <translation>Latenz: %1 Zeiten des Kandidaten und %2 der Kontrolle sind zu wenige für einen Vergleich; je %3 sind das Mindeste.</translation>
    </message>
    <message>
        <source>Latency: median %1 s, p95 %2 s of %3 renders against %4 s and %5 s of %6 of the control (%7 times).</source>
        <translation>Latenz: Median %1 s, p95 %2 s bei %3 Renderings gegenüber %4 s und %5 s bei %6 der Kontrolle (das %7-Fache).</translation>
    </message>
    <message>
        <source>If it were at most a tenth slower, chance would make it look so bad in 1 of %1 cases.</source>
        <translation>Wäre es höchstens ein Zehntel langsamer, ließe der Zufall es in 1 von %1 Fällen so schlecht aussehen.</translation>
    </message>
    <message>
        <source>Cost: %1 prices of it and %2 of the control are too few to compare.</source>
        <translation>Kosten: %1 Preise des Kandidaten und %2 der Kontrolle sind zu wenige für einen Vergleich.</translation>
    </message>
    <message>
        <source>Cost: %1 USD a render in the mean of %2 against %3 USD of %4 of the control.</source>
        <translation>Kosten: %1 USD je Rendering im Mittel von %2 gegenüber %3 USD von %4 der Kontrolle.</translation>
    </message>
    <message>
        <source>Whether it is worth that is for a person to say.</source>
        <translation>Ob es das wert ist, muss ein Mensch sagen.</translation>
    </message>
    <message>
        <source>Quality: %1 scores of it and %2 of the control are too few to compare.</source>
        <translation>Qualität: %1 Wertungen des Kandidaten und %2 der Kontrolle sind zu wenige für einen Vergleich.</translation>
    </message>
    <message>
        <source>Quality: %1 % in the mean of %2 pictures against %3 % of %4 of the control.</source>
        <translation>Qualität: %1 % im Mittel von %2 Bildern gegenüber %3 % von %4 der Kontrolle.</translation>
    </message>
    <message>
        <source>If it were at most two points worse, chance would make it look so bad in 1 of %1 cases.</source>
        <translation>Wäre es höchstens zwei Punkte schlechter, ließe der Zufall es in 1 von %1 Fällen so schlecht aussehen.</translation>
    </message>
    <message>
        <source>%1 of %2 pictures are worth less than 50 % against %3 of %4 of the control.</source>
        <translation>%1 von %2 Bildern sind weniger als 50 % wert, gegenüber %3 von %4 der Kontrolle.</translation>
    </message>
    <message>
        <source>Picks: %1 of %2 comparisons with the control were decided for it.</source>
        <translation>Auswahl: %1 von %2 Vergleichen mit der Kontrolle gingen zu seinen Gunsten aus.</translation>
    </message>
    <message>
        <source>If people liked both equally, chance would decide so in 1 of %1 cases.</source>
        <translation>Gefielen beide gleich gut, entschiede der Zufall in 1 von %1 Fällen so.</translation>
    </message>
    <message>
        <source>The comparison with %1 is complete.</source>
        <translation>Der Vergleich mit %1 ist abgeschlossen.</translation>
    </message>
    <message>
        <source>%1 has passed its last step and takes over.</source>
        <translation>%1 hat seinen letzten Schritt bestanden und übernimmt.</translation>
    </message>
    <message>
        <source>%1 goes up to %2 % of the cohorts.</source>
        <translation>%1 steigt auf %2 % der Kohorten.</translation>
    </message>
    <message>
        <source>%1 begins with %2 % of the cohorts.</source>
        <translation>%1 beginnt mit %2 % der Kohorten.</translation>
    </message>
    <message>
        <source>%1 was taken back. %2</source>
        <translation>%1 wurde zurückgenommen. %2</translation>
    </message>
    <message>
        <source>%1 has passed its last step already.</source>
        <translation>%1 hat seinen letzten Schritt schon bestanden.</translation>
    </message>
    <message>
        <source>%1 was taken back. Start it again before you promote it.</source>
        <translation>%1 wurde zurückgenommen. Starten Sie es neu, bevor Sie es hochstufen.</translation>
    </message>
    <message>
        <source>The canary of %1 is over; there is nothing to hold.</source>
        <translation>Der Canary von %1 ist vorbei; es gibt nichts anzuhalten.</translation>
    </message>
    <message>
        <source>%1 is held at %2 % of the cohorts.</source>
        <translation>%1 ist bei %2 % der Kohorten angehalten.</translation>
    </message>
    <message>
        <source>%1 is not held.</source>
        <translation>%1 ist nicht angehalten.</translation>
    </message>
    <message>
        <source>%1 goes on at %2 % of the cohorts.</source>
        <translation>%1 geht bei %2 % der Kohorten weiter.</translation>
    </message>
    <message>
        <source>%1 was taken back already.</source>
        <translation>%1 wurde schon zurückgenommen.</translation>
    </message>
    <message>
        <source>%1 was taken back by hand.</source>
        <translation>%1 wurde von Hand zurückgenommen.</translation>
    </message>
    <message>
        <source>%1 starts again with %2 % of the cohorts.</source>
        <translation>%1 beginnt noch einmal mit %2 % der Kohorten.</translation>
    </message>
    <message>
        <source>The service could not be reached.</source>
        <translation>Der Dienst war nicht zu erreichen.</translation>
    </message>
    <message>
        <source>The service was too busy.</source>
        <translation>Der Dienst war überlastet.</translation>
    </message>
    <message>
        <source>The service failed or did not answer in time.</source>
        <translation>Der Dienst hat versagt oder nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; says nothing after the colon.</source>
        <translation>„%1“ sagt nach dem Doppelpunkt nichts.</translation>
    </message>
    <message>
        <source>Write .* there for &quot;whatever it is&quot;.</source>
        <translation>Schreiben Sie dort .* für „was auch immer“.</translation>
    </message>
    <message>
        <source>Write it as %1&gt;400, with one of &lt; &lt;= = != &gt;= &gt;.</source>
        <translation>Schreiben Sie es als %1&gt;400, mit einem von &lt; &lt;= = != &gt;= &gt;.</translation>
    </message>
    <message>
        <source>%1 is a number, so it is compared and not matched.</source>
        <translation>%1 ist eine Zahl und wird darum verglichen, nicht mit einem Muster abgeglichen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; after %2 is no number.</source>
        <translation>„%1“ nach %2 ist keine Zahl.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no condition.</source>
        <translation>„%1“ ist keine Bedingung.</translation>
    </message>
    <message>
        <source>Write it as intent:poster or prompt_chars&gt;400.</source>
        <translation>Schreiben Sie sie als intent:poster oder prompt_chars&gt;400.</translation>
    </message>
    <message>
        <source>There is no field &quot;%1&quot; to match.</source>
        <translation>Es gibt kein Feld „%1“, das sich prüfen ließe.</translation>
    </message>
    <message>
        <source>%1 is a text, so it is matched and not compared.</source>
        <translation>%1 ist ein Text und wird darum mit einem Muster abgeglichen, nicht als Zahl verglichen.</translation>
    </message>
    <message>
        <source>Write it as %1:pattern.</source>
        <translation>Schreiben Sie es als %1:Muster.</translation>
    </message>
    <message>
        <source>The pattern &quot;%1&quot; could not be searched for quickly: %2</source>
        <translation>Nach dem Muster „%1“ ließe sich nicht schnell suchen: %2</translation>
    </message>
    <message>
        <source>The pattern is %1 characters long; the limit is %2.</source>
        <translation>Das Muster ist %1 Zeichen lang; die Grenze ist %2.</translation>
    </message>
    <message>
        <source>The pattern &quot;%1&quot; cannot be used: %2.</source>
        <translation>Das Muster „%1“ kann nicht benutzt werden: %2.</translation>
    </message>
    <message>
        <source>Put a \ before a character that stands for itself.</source>
        <translation>Setzen Sie ein \ vor ein Zeichen, das für sich selbst steht.</translation>
    </message>
    <message>
        <source>it has %1 places of a fixed number where several characters may stand; the limit is %2.</source>
        <translation>Es hat %1 Stellen in fester Zahl, an denen mehrere Zeichen stehen können; die Grenze ist %2.</translation>
    </message>
    <message>
        <source>its counts in braces come to %1 places; the limit is %2.</source>
        <translation>Seine Anzahlen in geschweiften Klammern ergeben %1 Stellen; die Grenze ist %2.</translation>
    </message>
    <message>
        <source>it has %1 steps; the limit is %2.</source>
        <translation>Es hat %1 Schritte; die Grenze ist %2.</translation>
    </message>
    <message>
        <source>The file must begin with routes: or default:.</source>
        <translation>Die Datei muss mit routes: oder default: beginnen.</translation>
    </message>
    <message>
        <source>The rule &quot;%1&quot; can never match: &quot;%2&quot; excludes another of its conditions.</source>
        <translation>Die Regel „%1“ kann nie zutreffen: „%2“ schließt eine andere ihrer Bedingungen aus.</translation>
    </message>
    <message>
        <source>Remove one of them.</source>
        <translation>Entfernen Sie eine davon.</translation>
    </message>
    <message>
        <source>The rule &quot;%1&quot; is never reached: &quot;%2&quot; in line %3 takes whatever it matches.</source>
        <translation>Die Regel „%1“ wird nie erreicht: „%2“ in Zeile %3 nimmt alles, was auf sie zutrifft.</translation>
    </message>
    <message>
        <source>Move it up, or remove it.</source>
        <translation>Schieben Sie sie nach oben, oder entfernen Sie sie.</translation>
    </message>
    <message>
        <source>Share of requests below a time</source>
        <translation>Anteil der Anfragen unter einer Zeit</translation>
    </message>
    <message>
        <source>milliseconds</source>
        <translation>Millisekunden</translation>
    </message>
    <message>
        <source>median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>grey: the baseline</source>
        <translation>grau: die Vergleichsbasis</translation>
    </message>
    <message>
        <source>Each request</source>
        <translation>Jede Anfrage</translation>
    </message>
    <message>
        <source>request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>the median is %1 times the baseline&apos;s (95 %: %2 to %3; p %4)</source>
        <translation>der Median ist das %1-Fache der Vergleichsbasis (95 %: %2 bis %3; p %4)</translation>
    </message>
    <message>
        <source>%1 points against the baseline (95 %: %2 to %3; p %4)</source>
        <translation>%1 Punkte gegenüber der Vergleichsbasis (95 %: %2 bis %3; p %4)</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Fehlschläge</translation>
    </message>
    <message>
        <source>Drawn text</source>
        <translation>Text im Bild</translation>
    </message>
    <message>
        <source>only %1 and %2 values</source>
        <translation>nur %1 und %2 Werte</translation>
    </message>
    <message>
        <source>%1: regression, %2.</source>
        <translation>%1: Verschlechterung, %2.</translation>
    </message>
    <message>
        <source>%1: better, %2.</source>
        <translation>%1: besser, %2.</translation>
    </message>
    <message>
        <source>%1: no regression, %2.</source>
        <translation>%1: keine Verschlechterung, %2.</translation>
    </message>
    <message>
        <source>%1: cannot tell, %2; a change of 10 % needs %3 pairs at this noise.</source>
        <translation>%1: nicht zu entscheiden, %2; eine Änderung um 10 % braucht bei dieser Streuung %3 Paare.</translation>
    </message>
    <message>
        <source>%1: cannot tell, %2; a change of 5 points needs %3 pairs at this noise.</source>
        <translation>%1: nicht zu entscheiden, %2; eine Änderung um 5 Punkte braucht bei dieser Streuung %3 Paare.</translation>
    </message>
    <message>
        <source>The two runs did not send the same requests.</source>
        <translation>Die beiden Läufe haben nicht dieselben Anfragen gesendet.</translation>
    </message>
    <message>
        <source>The two runs did not ask at the same pace.</source>
        <translation>Die beiden Läufe haben nicht im selben Takt gefragt.</translation>
    </message>
    <message>
        <source>The two runs had another %1.</source>
        <translation>Bei den beiden Läufen war dies verschieden: %1.</translation>
    </message>
    <message>
        <source>A run was stopped before its end.</source>
        <translation>Ein Lauf wurde vor seinem Ende angehalten.</translation>
    </message>
    <message>
        <source>n too small</source>
        <translation>n zu klein</translation>
    </message>
    <message>
        <source>max %1  n %2</source>
        <translation>max. %1  n %2</translation>
    </message>
    <message>
        <source>cold start</source>
        <translation>Kaltstart</translation>
    </message>
    <message>
        <source>%1 ms, not counted below</source>
        <translation>%1 ms, unten nicht mitgezählt</translation>
    </message>
    <message>
        <source>latency, ms</source>
        <translation>Latenz, ms</translation>
    </message>
    <message>
        <source>No request went well.</source>
        <translation>Keine Anfrage ist gelungen.</translation>
    </message>
    <message>
        <source>throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>%1 je Sekunde</translation>
    </message>
    <message>
        <source>within %1 ms: %2 a second</source>
        <translation>innerhalb von %1 ms: %2 je Sekunde</translation>
    </message>
    <message>
        <source>failures</source>
        <translation>Fehlschläge</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1 MB on the host</source>
        <translation>%1 MB im Arbeitsspeicher</translation>
    </message>
    <message>
        <source>%1 MB on the GPU</source>
        <translation>%1 MB auf der Grafikkarte</translation>
    </message>
    <message>
        <source>peak memory</source>
        <translation>Speicherspitze</translation>
    </message>
    <message>
        <source>drawn text</source>
        <translation>Text im Bild</translation>
    </message>
    <message>
        <source>%1 of 1 as read back, n %2</source>
        <translation>%1 von 1 beim Zurücklesen, n %2</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Stopped after %1 of %2 requests; %3 more had been sent.</source>
        <translation>Nach %1 von %2 Anfragen angehalten; %3 weitere waren schon gesendet.</translation>
    </message>
    <message>
        <source>%1 is no result of &quot;galley bench&quot;: it has no &quot;galley_bench&quot;. Write one with -o FILE.json.</source>
        <translation>%1 ist kein Ergebnis von „galley bench“: „galley_bench“ fehlt darin. Schreiben Sie eines mit -o FILE.json.</translation>
    </message>
    <message>
        <source>%1 was written by another version of Galley (format %2, this one reads %3). Measure the baseline again.</source>
        <translation>%1 wurde von einer anderen Version von Galley geschrieben (Format %2, diese liest %3). Messen Sie die Vergleichsbasis noch einmal.</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>Es gibt keine Datei %1.</translation>
    </message>
    <message>
        <source>%1 has %2 bytes; a result of &quot;galley bench&quot; has at most %3.</source>
        <translation>%1 hat %2 Bytes; ein Ergebnis von „galley bench“ hat höchstens %3.</translation>
    </message>
    <message>
        <source>%1 requests are not possible: take 1 to %2.</source>
        <translation>%1 Anfragen sind nicht möglich: Nehmen Sie 1 bis %2.</translation>
    </message>
    <message>
        <source>%1 warm-up requests are not possible: take 0 to %2.</source>
        <translation>%1 Anfragen zum Aufwärmen sind nicht möglich: Nehmen Sie 0 bis %2.</translation>
    </message>
    <message>
        <source>%1 requests at a time are not possible: take 1 to %2.</source>
        <translation>%1 Anfragen zugleich sind nicht möglich: Nehmen Sie 1 bis %2.</translation>
    </message>
    <message>
        <source>The rate must be a number of requests a second, at most 100000.</source>
        <translation>Die Rate muss eine Zahl von Anfragen je Sekunde sein, höchstens 100000.</translation>
    </message>
    <message>
        <source>The rate must be at least one request an hour (0.00028).</source>
        <translation>Die Rate muss mindestens eine Anfrage je Stunde sein (0.00028).</translation>
    </message>
    <message>
        <source>The objective must be a time in milliseconds.</source>
        <translation>Die Zielvorgabe muss eine Zeit in Millisekunden sein.</translation>
    </message>
    <message>
        <source>what the mask says</source>
        <translation>das, was die Maske sagt</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>%1 takes no start picture: the picture is not sent along, and a whole new one is made.</source>
        <translation>%1 nimmt kein Startbild: Das Bild wird nicht mitgesendet, und es entsteht ein ganz neues.</translation>
    </message>
    <message>
        <source>%1 takes no start picture: the picture is not sent along.</source>
        <translation>%1 nimmt kein Startbild: Das Bild wird nicht mitgesendet.</translation>
    </message>
    <message>
        <source>%1 takes no mask: all of the picture may change, and not only %2.</source>
        <translation>%1 nimmt keine Maske: Das ganze Bild kann sich ändern, nicht nur %2.</translation>
    </message>
    <message>
        <source>%1 takes a start picture but no strength: it decides by itself how far it departs from it.</source>
        <translation>%1 nimmt ein Startbild, aber keine Stärke: Wie weit es davon abweicht, entscheidet es selbst.</translation>
    </message>
    <message>
        <source>%1 takes no guidance: %2 is not sent.</source>
        <translation>%1 nimmt keine Führungsstärke: %2 wird nicht gesendet.</translation>
    </message>
    <message>
        <source>The guidance %1 is not possible: take a number above 0, at most %2.</source>
        <translation>Die Führungsstärke %1 ist nicht möglich: Nehmen Sie eine Zahl über 0, höchstens %2.</translation>
    </message>
    <message>
        <source>What %1 costs is not known: models.yaml has no price for it.</source>
        <translation>Was %1 kostet, ist nicht bekannt: In models.yaml steht kein Preis dafür.</translation>
    </message>
    <message>
        <source>The budget cannot count it. Write its price down there, and it is kept to.</source>
        <translation>Das Budget kann es nicht mitzählen. Schreiben Sie den Preis dort auf, dann wird es eingehalten.</translation>
    </message>
    <message>
        <source>%1 failed (%2), and the rule &quot;%3&quot; asks a person then: release the job to send it once more, or cancel it.</source>
        <translation>%1 ist fehlgeschlagen (%2), und die Regel „%3“ fragt dann einen Menschen: Geben Sie den Auftrag frei, um ihn noch einmal zu senden, oder brechen Sie ihn ab.</translation>
    </message>
    <message>
        <source>Nothing of &quot;%1&quot; lies in the picture, so that nothing can be drawn anew there. Choose another token.</source>
        <translation>Nichts von „%1“ liegt im Bild; dort kann also nichts neu gezeichnet werden. Wählen Sie ein anderes Element.</translation>
    </message>
    <message>
        <source>The mask %1 has %2×%3 pixels and the start picture %4×%5. Make both of the same size.</source>
        <translation>Die Maske %1 hat %2×%3 Pixel und das Startbild %4×%5. Machen Sie beide gleich groß.</translation>
    </message>
    <message>
        <source>The mask %1 has no transparent pixels, so that nothing would be drawn anew. Make transparent what may change.</source>
        <translation>Die Maske %1 hat keine durchsichtigen Pixel; es würde also nichts neu gezeichnet. Machen Sie durchsichtig, was sich ändern darf.</translation>
    </message>
    <message>
        <source>There is no start picture.</source>
        <translation>Es gibt kein Startbild.</translation>
    </message>
    <message>
        <source>Picture %1 of the library</source>
        <translation>Bild %1 der Bibliothek</translation>
    </message>
    <message>
        <source>A model begins with one start picture. Send the draft, or another picture, and not both.</source>
        <translation>Ein Modell beginnt mit einem einzigen Startbild. Senden Sie den Entwurf oder ein anderes Bild, nicht beides.</translation>
    </message>
    <message>
        <source>Drawing a part anew needs the picture that it is a part of. Name it as start picture.</source>
        <translation>Um einen Teil neu zu zeichnen, braucht es das Bild, zu dem er gehört. Nennen Sie es als Startbild.</translation>
    </message>
    <message>
        <source>What is to be drawn anew is said by tokens or by a mask, and not by both.</source>
        <translation>Was neu zu zeichnen ist, sagen entweder Elemente oder eine Maske, nicht beides.</translation>
    </message>
    <message>
        <source>The token &quot;%1&quot; is hidden or empty here, so that there is nothing to draw anew. Take one of %2.</source>
        <translation>Das Element „%1“ ist hier ausgeblendet oder leer; es gibt also nichts neu zu zeichnen. Nehmen Sie eines von %2.</translation>
    </message>
    <message>
        <source>The template has no token &quot;%1&quot;. Take one of %2.</source>
        <translation>Die Vorlage hat kein Element „%1“. Nehmen Sie eines von %2.</translation>
    </message>
    <message>
        <source>price not known</source>
        <translation>Preis nicht bekannt</translation>
    </message>
    <message>
        <source>(Column %1.)</source>
        <translation>(Spalte %1.)</translation>
    </message>
    <message>
        <source>Say what to measure with one of --model ID, --route TEMPLATE and --url URL; --compare and --side-by-side stand alone.</source>
        <translation>Sagen Sie mit --model ID, --route TEMPLATE oder --url URL, was gemessen werden soll, und nur mit einem davon; --compare und --side-by-side stehen für sich.</translation>
    </message>
    <message>
        <source>--payload FILE belongs to --url URL; a model is sent what --template and --row say.</source>
        <translation>--payload FILE gehört zu --url URL; einem Modell wird gesendet, was --template und --row sagen.</translation>
    </message>
    <message>
        <source>--template belongs to --model; an address is sent the file that --payload names.</source>
        <translation>--template gehört zu --model; einer Adresse wird die Datei gesendet, die --payload nennt.</translation>
    </message>
    <message>
        <source>--compare takes two results, before and after, or four: before, after, and both once more.</source>
        <translation>--compare nimmt zwei Ergebnisse, vorher und nachher, oder vier: vorher, nachher, und beide noch einmal.</translation>
    </message>
    <message>
        <source>This asks %1 for up to %2 USD: %3 USD each, %4 requests and %5 to warm up%6.</source>
        <translation>Damit wird %1 für bis zu %2 USD angefragt: je %3 USD, %4 Anfragen und %5 zum Aufwärmen%6.</translation>
    </message>
    <message>
        <source>, and once more should it look slower</source>
        <translation>, und noch einmal, falls es langsamer aussieht</translation>
    </message>
    <message>
        <source>--budget allows %1 USD. Take a smaller -n.</source>
        <translation>--budget erlaubt %1 USD. Nehmen Sie ein kleineres -n.</translation>
    </message>
    <message>
        <source>Say --yes, or --budget USD, to spend it.</source>
        <translation>Sagen Sie --yes oder --budget USD, um es auszugeben.</translation>
    </message>
    <message>
        <source>It was measured once only: two files more, before and after, would tell whether it repeats.</source>
        <translation>Es wurde nur einmal gemessen: Zwei weitere Dateien, vorher und nachher, würden zeigen, ob es sich wiederholt.</translation>
    </message>
    <message>
        <source>Say with -o in which folder the pairs of pictures go.</source>
        <translation>Sagen Sie mit -o, in welchen Ordner die Bildpaare sollen.</translation>
    </message>
    <message>
        <source>--header %1: write it as &quot;Name: value&quot;.</source>
        <translation>--header %1: Schreiben Sie es als „Name: Wert“.</translation>
    </message>
    <message>
        <source>--header %1: a key does not belong on a command line, where others can read it. Put it in the keychain or in GALLEY_KEY_&lt;NAME&gt; and take --key NAME.</source>
        <translation>--header %1: Ein Schlüssel gehört nicht auf eine Befehlszeile, wo andere ihn lesen können. Legen Sie ihn in den Schlüsselbund oder in GALLEY_KEY_&lt;NAME&gt;, und nehmen Sie --key NAME.</translation>
    </message>
    <message>
        <source>To send it as it is, say what it is with --content-type.</source>
        <translation>Um es zu senden, wie es ist, sagen Sie mit --content-type, was es ist.</translation>
    </message>
    <message>
        <source>--url: an address begins with http:// or https:// and names a host.</source>
        <translation>--url: Eine Adresse beginnt mit http:// oder https:// und nennt einen Rechner.</translation>
    </message>
    <message>
        <source>--url: a password does not belong on a command line. Put the key in the keychain or in GALLEY_KEY_&lt;NAME&gt; and take --key NAME.</source>
        <translation>--url: Ein Passwort gehört nicht auf eine Befehlszeile. Legen Sie den Schlüssel in den Schlüsselbund oder in GALLEY_KEY_&lt;NAME&gt;, und nehmen Sie --key NAME.</translation>
    </message>
    <message>
        <source>--method %1: take GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.</source>
        <translation>--method %1: Nehmen Sie GET, HEAD, POST, PUT, PATCH, DELETE oder OPTIONS.</translation>
    </message>
    <message>
        <source>--timeout: take up to 3600 seconds.</source>
        <translation>--timeout: Nehmen Sie höchstens 3600 Sekunden.</translation>
    </message>
    <message>
        <source>The template has no subject that a draft model could draw. Take another one with --template.</source>
        <translation>Die Vorlage hat kein Motiv, das ein Entwurfsmodell zeichnen könnte. Nehmen Sie mit --template eine andere.</translation>
    </message>
    <message>
        <source>Files of this kind cannot be checked in this version; it checks *.galley, *.csv, models.yaml and routes.yaml.</source>
        <translation>Dateien dieser Art kann diese Version nicht prüfen; sie prüft *.galley, *.csv, models.yaml und routes.yaml.</translation>
    </message>
    <message>
        <source>%1 is for models elsewhere; the draft model does not take it. Name a model with --model.</source>
        <translation>%1 ist für Modelle anderswo; das Entwurfsmodell nimmt es nicht. Nennen Sie mit --model ein Modell.</translation>
    </message>
    <message>
        <source>%1 %2: there is no such picture, or it cannot be read.</source>
        <translation>%1 %2: Dieses Bild gibt es nicht, oder es kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>--strength says how far to go from a start picture, and there is none. Add --start or --send-draft.</source>
        <translation>--strength sagt, wie weit von einem Startbild abzuweichen ist, und es gibt keines. Ergänzen Sie --start oder --send-draft.</translation>
    </message>
    <message>
        <source>Name the rule: &quot;galley routes canary %1 RULE&quot;.</source>
        <translation>Nennen Sie die Regel: „galley routes canary %1 RULE“.</translation>
    </message>
    <message>
        <source>The picture&apos;s colour profile (%1) cannot be honoured here; sRGB is assumed and its colours may be off. Convert it to sRGB where it was made.</source>
        <translation>Das Farbprofil des Bildes (%1) kann hier nicht berücksichtigt werden; es wird sRGB angenommen, und die Farben können abweichen. Wandeln Sie es dort in sRGB um, wo es entstanden ist.</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>Shown by its embedded profile: %1.</source>
        <translation>Angezeigt nach dem eingebetteten Profil: %1.</translation>
    </message>
    <message>
        <source>It has no colour profile: sRGB is assumed.</source>
        <translation>Es hat kein Farbprofil: sRGB wird angenommen.</translation>
    </message>
    <message>
        <source>The picture with its metadata cannot be read back.</source>
        <translation>Das Bild mit seinen Metadaten lässt sich nicht wieder lesen.</translation>
    </message>
    <message>
        <source>The picture&apos;s metadata cannot be written. Save it as PNG, or without metadata.</source>
        <translation>Die Metadaten des Bildes lassen sich nicht schreiben. Speichern Sie es als PNG oder ohne Metadaten.</translation>
    </message>
    <message>
        <source>The picture cannot be written as %1: %2.</source>
        <translation>Das Bild lässt sich nicht als %1 schreiben: %2.</translation>
    </message>
    <message>
        <source>Metadata can be written into PNG, JPEG, WebP and TIFF only. Save the picture as one of them.</source>
        <translation>Metadaten lassen sich nur in PNG, JPEG, WebP und TIFF schreiben. Speichern Sie das Bild in einem dieser Formate.</translation>
    </message>
    <message>
        <source>The picture carries signed content credentials and must not be changed; its metadata belongs into a file beside it.</source>
        <translation>Das Bild trägt signierte Herkunftsnachweise und darf nicht verändert werden; seine Metadaten gehören in eine Datei daneben.</translation>
    </message>
    <message>
        <source>The picture&apos;s metadata cannot be written as XMP.</source>
        <translation>Die Metadaten des Bildes lassen sich nicht als XMP schreiben.</translation>
    </message>
    <message>
        <source>The picture has no metadata of Galley.</source>
        <translation>Das Bild hat keine Metadaten von Galley.</translation>
    </message>
    <message>
        <source>The picture&apos;s metadata is damaged.</source>
        <translation>Die Metadaten des Bildes sind beschädigt.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has a contrast of %2 : 1 where the ground is worst; it needs %3 : 1. Change its colour, or lay a panel under it.</source>
        <translation>„%1“ hat an der ungünstigsten Stelle einen Kontrast von %2 : 1; nötig sind %3 : 1. Ändern Sie die Farbe, oder legen Sie eine Fläche darunter.</translation>
    </message>
    <message>
        <source>There is no text to measure.</source>
        <translation>Es gibt keinen Text zum Messen.</translation>
    </message>
    <message>
        <source>The picture as a whole</source>
        <translation>Das Bild als Ganzes</translation>
    </message>
    <message>
        <source>&quot;%1&quot;</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>%1 has other colours than in the draft: mainly %2 instead of %3 (ΔE %4).</source>
        <translation>%1 hat andere Farben als im Entwurf: vor allem %2 statt %3 (ΔE %4).</translation>
    </message>
    <message>
        <source>%1 has the colours of the draft (ΔE %2).</source>
        <translation>%1 hat die Farben des Entwurfs (ΔE %2).</translation>
    </message>
    <message>
        <source>to the right</source>
        <translation>nach rechts</translation>
    </message>
    <message>
        <source>to the left</source>
        <translation>nach links</translation>
    </message>
    <message>
        <source>down</source>
        <translation>nach unten</translation>
    </message>
    <message>
        <source>up</source>
        <translation>nach oben</translation>
    </message>
    <message>
        <source>&quot;%1&quot; stands out in the draft, but not in the final.</source>
        <translation>„%1“ hebt sich im Entwurf ab, im Final aber nicht.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is where it was in the draft.</source>
        <translation>„%1“ ist dort, wo es im Entwurf war.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has moved %2 (%3 % of the canvas&apos; diagonal).</source>
        <translation>„%1“ ist %2 gerückt (um %3 % der Diagonale der Leinwand).</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is larger than in the draft.</source>
        <translation>„%1“ ist größer als im Entwurf.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is smaller than in the draft.</source>
        <translation>„%1“ ist kleiner als im Entwurf.</translation>
    </message>
    <message>
        <source>The area under &quot;%1&quot; was calm in the draft and is busy now: %2 % of it has visible edges, %3 % had.</source>
        <translation>Die Fläche unter „%1“ war im Entwurf ruhig und ist jetzt unruhig: %2 % davon haben sichtbare Kanten, zuvor waren es %3 %.</translation>
    </message>
    <message>
        <source>The area under &quot;%1&quot; is as calm as in the draft.</source>
        <translation>Die Fläche unter „%1“ ist so ruhig wie im Entwurf.</translation>
    </message>
    <message>
        <source>There is nothing in the layout that could be compared with the draft.</source>
        <translation>Im Layout gibt es nichts, was sich mit dem Entwurf vergleichen ließe.</translation>
    </message>
    <message>
        <source>The final is as the draft you approved, as far as can be measured.</source>
        <translation>Das Final entspricht, soweit messbar, dem Entwurf, den Sie freigegeben haben.</translation>
    </message>
    <message>
        <source>There is no draft to compare with.</source>
        <translation>Es gibt keinen Entwurf zum Vergleichen.</translation>
    </message>
    <message>
        <source>Nothing stands out from the ground: there is no subject to be seen.</source>
        <translation>Nichts hebt sich vom Grund ab: Es ist kein Motiv zu sehen.</translation>
    </message>
    <message>
        <source>%1 % of what stands out lies where the subject should be.</source>
        <translation>%1 % dessen, was sich abhebt, liegt dort, wo das Motiv sein soll.</translation>
    </message>
    <message>
        <source>The area under &quot;%1&quot; is busy: %2 % of it has visible edges. Ask for a calm area there, or lay a panel under the text.</source>
        <translation>Die Fläche unter „%1“ ist unruhig: %2 % davon haben sichtbare Kanten. Verlangen Sie dort eine ruhige Fläche, oder legen Sie eine Fläche unter den Text.</translation>
    </message>
    <message>
        <source>The layout has neither a subject with a place of its own nor set text: there is nothing to measure.</source>
        <translation>Das Layout hat weder ein Motiv mit eigenem Platz noch gesetzten Text: Es gibt nichts zu messen.</translation>
    </message>
    <message>
        <source>The areas under the text are calm.</source>
        <translation>Die Flächen unter dem Text sind ruhig.</translation>
    </message>
    <message>
        <source>The template has no palette.</source>
        <translation>Die Vorlage hat keine Palette.</translation>
    </message>
    <message>
        <source>Not to be seen: %1.</source>
        <translation>Nicht zu sehen: %1.</translation>
    </message>
    <message>
        <source>The picture is black, white and grey.</source>
        <translation>Das Bild ist schwarz, weiß und grau.</translation>
    </message>
    <message>
        <source>The main colours lie ΔE %1 from the palette.</source>
        <translation>Die Hauptfarben liegen ΔE %1 von der Palette entfernt.</translation>
    </message>
    <message>
        <source>Nobody has picked between pictures of two models yet.</source>
        <translation>Noch hat niemand zwischen Bildern zweier Modelle gewählt.</translation>
    </message>
    <message>
        <source>After %1 some models have never been compared with the others; their places say little. Compare them side by side.</source>
        <translation>Nach %1 wurden einige Modelle noch nie mit den anderen verglichen; ihre Plätze sagen wenig. Vergleichen Sie sie nebeneinander.</translation>
    </message>
    <message>
        <source>Not enough data: after %1 no model is clearly preferred.</source>
        <translation>Zu wenig Daten: Nach %1 wird kein Modell deutlich bevorzugt.</translation>
    </message>
    <message>
        <source>%1 is preferred to an average model in %2 % of the cases (%3–%4 %), after %5.</source>
        <translation>%1 wird einem durchschnittlichen Modell in %2 % der Fälle vorgezogen (%3–%4 %), nach %5.</translation>
    </message>
    <message>
        <source>Text read back</source>
        <translation>Text zurückgelesen</translation>
    </message>
    <message>
        <source>Contrast of text</source>
        <translation>Kontrast des Textes</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Layout</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>Schärfe</translation>
    </message>
    <message>
        <source>Share of the characters that a reading machine (Tesseract) gets right, relative to the same words typeset plainly. It tells garbled from clean text; it knows no meaning, and decorative lettering that people read with ease may score low.</source>
        <translation>Anteil der Zeichen, die eine Texterkennung (Tesseract) richtig liest, bezogen auf dieselben Wörter in schlichtem Satz. Es unterscheidet verstümmelten von sauberem Text; den Sinn kennt es nicht, und Zierschrift, die Menschen mühelos lesen, kann schlecht abschneiden.</translation>
    </message>
    <message>
        <source>WCAG 2 contrast in the worst tenth of what lies behind the text; 100 % reaches 4.5 : 1, or 3 : 1 for large text. It sees brightness only: a busy ground can be hard to read at full marks.</source>
        <translation>Kontrast nach WCAG 2 im ungünstigsten Zehntel dessen, was hinter dem Text liegt; 100 % bedeuten 4,5 : 1, bei großem Text 3 : 1. Es sieht nur Helligkeit: Auch bei voller Punktzahl kann ein unruhiger Grund schwer lesbar sein.</translation>
    </message>
    <message>
        <source>Whether what stands out lies in the boxes of the subjects and the areas under set text are calm. It goes by colour and edges and does not know what a thing is: a wrong subject in the right place scores well.</source>
        <translation>Ob das, was sich abhebt, in den Rahmen der Motive liegt und die Flächen unter gesetztem Text ruhig sind. Es richtet sich nach Farbe und Kanten und weiß nicht, was etwas ist: Ein falsches Motiv an der richtigen Stelle schneidet gut ab.</translation>
    </message>
    <message>
        <source>Distance (ΔE2000) from the main colours of the picture to the palette. It tells a strange colour cast; it cannot tell whether colours are used well.</source>
        <translation>Abstand (ΔE2000) der Hauptfarben des Bildes von der Palette. Es erkennt einen fremden Farbstich; ob Farben gut eingesetzt sind, kann es nicht sagen.</translation>
    </message>
    <message>
        <source>How much fine detail a blur would take away, at one size for all pictures. A soft style scores low on purpose, and noise scores as detail: compare pictures of one style.</source>
        <translation>Wie viel feine Zeichnung eine Unschärfe wegnähme, bei einer Größe für alle Bilder. Ein weicher Stil schneidet mit Absicht niedrig ab, und Rauschen zählt als Zeichnung: Vergleichen Sie Bilder eines Stils.</translation>
    </message>
    <message>
        <source>The picture has no edges to measure.</source>
        <translation>Das Bild hat keine Kanten zum Messen.</translation>
    </message>
    <message>
        <source>A blur would take away %1 % of the finest detail.</source>
        <translation>Eine Unschärfe nähme %1 % der feinsten Zeichnung weg.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be read even when it is typeset plainly (its font, or its size), and is not counted.</source>
        <translation>„%1“ lässt sich selbst in schlichtem Satz nicht lesen (wegen Schrift oder Größe) und zählt nicht mit.</translation>
    </message>
    <message>
        <source>There is no text to read.</source>
        <translation>Es gibt keinen Text zum Lesen.</translation>
    </message>
    <message>
        <source>%1 of %2 texts read as they should; %3 % of the characters are wrong.</source>
        <translation>%1 von %2 Texten lesen sich, wie sie sollen; %3 % der Zeichen sind falsch.</translation>
    </message>
    <message>
        <source>Use .* or + instead of counts, or put a word before a count, as in poster.{0,40}sale.</source>
        <translation>Verwenden Sie .* oder + statt Anzahlen, oder setzen Sie vor eine Anzahl ein Wort, wie in poster.{0,40}sale.</translation>
    </message>
    <message>
        <source>its counts behind words come to %1 places; the limit is %2.</source>
        <translation>seine Anzahlen hinter Wörtern ergeben %1 Stellen; die Grenze ist %2.</translation>
    </message>
    <message>
        <source>The original</source>
        <translation>Das Original</translation>
    </message>
    <message>
        <source>%1 could not be written: %2. Choose another folder, or make room there.</source>
        <translation>%1 konnte nicht geschrieben werden: %2. Wählen Sie einen anderen Ordner, oder schaffen Sie dort Platz.</translation>
    </message>
    <message>
        <source>The original carries signed content credentials. This copy was made anew and has none; the original is unchanged.</source>
        <translation>Das Original trägt signierte Herkunftsnachweise. Diese Kopie wurde neu erzeugt und hat keine; das Original ist unverändert.</translation>
    </message>
    <message>
        <source>The picture carries signed content credentials and was copied as it is; its provenance lies in a file beside it.</source>
        <translation>Das Bild trägt signierte Herkunftsnachweise und wurde unverändert kopiert; seine Herkunft liegt in einer Datei daneben.</translation>
    </message>
    <message>
        <source>JPEG has no room for all of the provenance; left out: %1. PNG, WebP and TIFF take everything.</source>
        <translation>JPEG hat nicht für die ganze Herkunft Platz; weggelassen: %1. PNG, WebP und TIFF nehmen alles auf.</translation>
    </message>
    <message>
        <source>%1 cannot be asked now (%2)</source>
        <translation>%1 kann jetzt nicht angefragt werden (%2)</translation>
    </message>
    <message>
        <source>%1 failed (%2)</source>
        <translation>%1 ist gescheitert (%2)</translation>
    </message>
    <message>
        <source>%1, and the rule &quot;%2&quot; asks a person before %3 takes over: release the job to send it there, or cancel it.</source>
        <translation>%1, und die Regel „%2“ fragt einen Menschen, bevor %3 übernimmt: Geben Sie den Auftrag frei, um ihn dorthin zu senden, oder brechen Sie ihn ab.</translation>
    </message>
    <message>
        <source>%1, so that %2 takes over, as the rule &quot;%3&quot; says.</source>
        <translation>%1, sodass %2 übernimmt, wie es die Regel „%3“ vorsieht.</translation>
    </message>
    <message>
        <source>model not known</source>
        <translation>Modell nicht bekannt</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <source>Draft of %1</source>
        <translation>Entwurf von %1</translation>
    </message>
    <message>
        <source>%1, row %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Requested model</source>
        <translation>Verlangtes Modell</translation>
    </message>
    <message>
        <source>Routed model</source>
        <translation>Zugewiesenes Modell</translation>
    </message>
    <message>
        <source>Served model</source>
        <translation>Ausführendes Modell</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Fassung</translation>
    </message>
    <message>
        <source>Backend</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>Gründe</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Template as of</source>
        <translation>Stand der Vorlage</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Intent</source>
        <translation>Zweck</translation>
    </message>
    <message>
        <source>Fidelity</source>
        <translation>Güte</translation>
    </message>
    <message>
        <source>Text mode</source>
        <translation>Textart</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Führung</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Number type</source>
        <translation>Zahlentyp</translation>
    </message>
    <message>
        <source>Made on</source>
        <translation>Entstanden am</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Vermerk</translation>
    </message>
    <message>
        <source>Reading the pictures</source>
        <translation>Die Bilder werden gelesen</translation>
    </message>
    <message>
        <source>The file %1 of picture %2 is whole again: its bytes were found elsewhere.</source>
        <translation>Die Datei %1 von Bild %2 ist wieder heil: Ihre Bytes fanden sich anderswo.</translation>
    </message>
    <message>
        <source>%1 is no whole picture; it lies in the folder %2 now.</source>
        <translation>%1 ist kein heiles Bild; es liegt jetzt im Ordner %2.</translation>
    </message>
    <message>
        <source>Making thumbnails</source>
        <translation>Vorschaubilder werden gemacht</translation>
    </message>
    <message>
        <source>It was stopped. What had been done until then stays.</source>
        <translation>Es wurde angehalten. Was bis dahin getan war, bleibt.</translation>
    </message>
    <message>
        <source>Mending</source>
        <translation>Wird behoben</translation>
    </message>
    <message>
        <source>%1 is no project that can be taken in: %2 Nothing of it that follows has been taken.</source>
        <translation>%1 ist kein Projekt, das aufgenommen werden kann: %2 Was darin folgt, wurde nicht aufgenommen.</translation>
    </message>
    <message>
        <source>project.json in it does not say which version it has.</source>
        <translation>project.json darin nennt seine Version nicht.</translation>
    </message>
    <message>
        <source>%1 was written by a newer Galley. Install that version to take it in.</source>
        <translation>%1 wurde von einem neueren Galley geschrieben. Installieren Sie jene Version, um es aufzunehmen.</translation>
    </message>
    <message>
        <source>The library has no pictures yet.</source>
        <translation>Die Bibliothek hat noch keine Bilder.</translation>
    </message>
    <message>
        <source>The library has no pictures of the project %1.</source>
        <translation>Die Bibliothek hat keine Bilder des Projekts %1.</translation>
    </message>
    <message>
        <source>Writing pictures</source>
        <translation>Bilder werden geschrieben</translation>
    </message>
    <message>
        <source>The disk of the library has %1 MB left, and the pictures of %2 need %3 MB. Free some space, then try again.</source>
        <translation>Auf dem Datenträger der Bibliothek sind noch %1 MB frei, die Bilder von %2 brauchen %3 MB. Schaffen Sie Platz, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Looking through the library was stopped.</source>
        <translation>Das Durchsehen der Bibliothek wurde angehalten.</translation>
    </message>
    <message>
        <source>The folder %1 takes no locks, so that the library cannot be used there. Move it to a local disk.</source>
        <translation>Der Ordner %1 nimmt keine Sperren an; die Bibliothek kann dort nicht verwendet werden. Verschieben Sie sie auf einen lokalen Datenträger.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no date. Write it as 2026-11-25, or with a time as 2026-11-25T18:30:00.</source>
        <translation>„%1“ ist kein Datum. Schreiben Sie es als 2026-11-25, oder mit Uhrzeit als 2026-11-25T18:30:00.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no range of a score. Write it as text&gt;=0.9.</source>
        <translation>„%1“ ist kein Bereich eines Werts. Schreiben Sie ihn als text&gt;=0.9.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no range of cohorts. Write it as 0-499.</source>
        <translation>„%1“ ist kein Bereich von Kohorten. Schreiben Sie ihn als 0-499.</translation>
    </message>
    <message>
        <source>cost not known</source>
        <translation>Kosten nicht bekannt</translation>
    </message>
    <message>
        <source>picked</source>
        <translation>ausgewählt</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Kontaktabzug</translation>
    </message>
    <message>
        <source>The picture was not measured: Galley is closing.</source>
        <translation>Das Bild wurde nicht vermessen: Galley wird beendet.</translation>
    </message>
    <message>
        <source>There is no picture to put on the sheet. Name some by number, or search for others.</source>
        <translation>Es gibt kein Bild für den Kontaktabzug. Nennen Sie welche mit Nummer, oder suchen Sie nach anderen.</translation>
    </message>
    <message>
        <source>-o %1: a contact sheet is PDF or CSV; let the name end with .pdf or .csv.</source>
        <translation>-o %1: Ein Kontaktabzug ist PDF oder CSV; der Name muss auf .pdf oder .csv enden.</translation>
    </message>
    <message>
        <source>Say with -o where the picture goes: a file such as OUT.png, or a folder for all rows.</source>
        <translation>Sagen Sie mit -o, wohin das Bild soll: in eine Datei wie OUT.png oder in einen Ordner für alle Zeilen.</translation>
    </message>
    <message>
        <source>-o %1: pictures are written as PNG, JPEG, WebP or TIFF; let the name end with .png, .jpg, .webp or .tif, or name a folder with a / at its end.</source>
        <translation>-o %1: Bilder werden als PNG, JPEG, WebP oder TIFF geschrieben; der Name muss auf .png, .jpg, .webp oder .tif enden, oder nennen Sie einen Ordner mit einem / am Ende.</translation>
    </message>
    <message>
        <source>Another Galley is writing the library %1 anew. Try again once it has.</source>
        <translation>Ein anderes Galley schreibt die Bibliothek %1 gerade neu. Versuchen Sie es danach noch einmal.</translation>
    </message>
    <message>
        <source>The contact sheet was stopped; %1 is as it was.</source>
        <translation>Der Kontaktbogen wurde abgebrochen; %1 ist, wie es war.</translation>
    </message>
    <message>
        <source>Saved %1.</source>
        <translation>%1 ist gespeichert.</translation>
    </message>
    <message>
        <source>The comparison &quot;%1&quot; is left out: not all of its pictures are in the file.</source>
        <translation>Der Vergleich „%1“ fehlt: Nicht alle seine Bilder sind in der Datei.</translation>
    </message>
    <message>
        <source>The image %1 that the token &quot;%2&quot; shows is not in the file: it cannot be read.</source>
        <translation>Das Bild %1, das das Element „%2“ zeigt, ist nicht in der Datei: Es kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The image %1 that the token &quot;%2&quot; shows is not in the file: it is no PNG, JPEG, WebP, GIF or TIFF.</source>
        <translation>Das Bild %1, das das Element „%2“ zeigt, ist nicht in der Datei: Es ist kein PNG, JPEG, WebP, GIF oder TIFF.</translation>
    </message>
    <message>
        <source>“%1” is asked for as “%2”.</source>
        <translation>„%1“ wird als „%2“ angefordert.</translation>
    </message>
    <message>
        <source>The folder %1 of the library cannot be written: %2. Free some space or check its permissions.</source>
        <translation>In den Ordner %1 der Bibliothek kann nicht geschrieben werden: %2. Schaffen Sie Platz oder prüfen Sie seine Rechte.</translation>
    </message>
    <message>
        <source>an entry is no object</source>
        <translation>ein Eintrag ist kein Objekt</translation>
    </message>
    <message>
        <source>its path or the time of its adding is missing</source>
        <translation>der Pfad oder die Zeit des Hinzufügens fehlt</translation>
    </message>
    <message>
        <source>what is written of its files is damaged</source>
        <translation>was über seine Dateien geschrieben steht, ist beschädigt</translation>
    </message>
    <message>
        <source>%1 cannot be read, so the models that you added are not there: %2 Mend the file, or delete it and add them again.</source>
        <translation>%1 ist nicht lesbar, daher fehlen die Modelle, die Sie hinzugefügt haben: %2 Reparieren Sie die Datei, oder löschen Sie sie und fügen Sie die Modelle neu hinzu.</translation>
    </message>
    <message>
        <source>it is too large.</source>
        <translation>Sie ist zu groß.</translation>
    </message>
    <message>
        <source>it is no list of models.</source>
        <translation>Sie ist keine Liste von Modellen.</translation>
    </message>
    <message>
        <source>it was written by a newer Galley.</source>
        <translation>Sie wurde von einem neueren Galley geschrieben.</translation>
    </message>
    <message>
        <source>%1: an entry was left out: %2.</source>
        <translation>%1: Ein Eintrag wurde ausgelassen: %2.</translation>
    </message>
    <message>
        <source>“%1” is there twice</source>
        <translation>„%1“ steht zweimal da</translation>
    </message>
    <message>
        <source>%1 is left out: another model is called “%2”. Rename it, or add it with an id of its own.</source>
        <translation>%1 ist ausgelassen: Ein anderes Modell heißt „%2“. Benennen Sie es um, oder fügen Sie es mit einer eigenen Kennung hinzu.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made. Check its permissions.</source>
        <translation>Der Ordner %1 lässt sich nicht anlegen. Prüfen Sie seine Rechte.</translation>
    </message>
    <message>
        <source>Another Galley is changing the models in %1, or the folder cannot be written. Try again.</source>
        <translation>Ein anderes Galley ändert gerade die Modelle in %1, oder in den Ordner kann nicht geschrieben werden. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>“%1” cannot be the id of a model: take small letters, digits, dots, dashes and underscores, at most %2, a letter or a digit first</source>
        <translation>„%1“ kann keine Kennung eines Modells sein: Nehmen Sie Kleinbuchstaben, Ziffern, Punkte, Binde- und Unterstriche, höchstens %2 Zeichen, zuerst einen Buchstaben oder eine Ziffer</translation>
    </message>
    <message>
        <source>There is no %1. Check the path; if the disk was taken out, put it back.</source>
        <translation>%1 gibt es nicht. Prüfen Sie den Pfad; wenn der Datenträger entfernt wurde, schließen Sie ihn wieder an.</translation>
    </message>
    <message>
        <source>%1 is no .safetensors file. Galley reads weights as .safetensors or as a folder with model_index.json, never .ckpt, .pt or .gguf.</source>
        <translation>%1 ist keine .safetensors-Datei. Galley liest Gewichte als .safetensors oder als Ordner mit model_index.json, nie als .ckpt, .pt oder .gguf.</translation>
    </message>
    <message>
        <source>There are no weights in %1. Take the folder that holds model_index.json, or a .safetensors file.</source>
        <translation>In %1 sind keine Gewichte. Nehmen Sie den Ordner, in dem model_index.json liegt, oder eine .safetensors-Datei.</translation>
    </message>
    <message>
        <source>%1 is gone.</source>
        <translation>%1 ist verschwunden.</translation>
    </message>
    <message>
        <source>%1 has changed since it was added.</source>
        <translation>%1 hat sich seit dem Hinzufügen geändert.</translation>
    </message>
    <message>
        <source>%1 is new.</source>
        <translation>%1 ist neu.</translation>
    </message>
    <message>
        <source>no description of the model</source>
        <translation>keine Beschreibung des Modells</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2. Check its permissions.</source>
        <translation>%1 ist nicht lesbar: %2. Prüfen Sie die Rechte.</translation>
    </message>
    <message>
        <source>Reading the files was cancelled.</source>
        <translation>Das Lesen der Dateien wurde abgebrochen.</translation>
    </message>
    <message>
        <source>%1 changed while it was read, or the disk failed. Try again when nothing writes it.</source>
        <translation>%1 hat sich beim Lesen geändert, oder der Datenträger ist ausgefallen. Versuchen Sie es noch einmal, wenn niemand darin schreibt.</translation>
    </message>
    <message>
        <source>There is no model %1 on this machine any more. Choose another draft model, or add it again under Models.</source>
        <translation>Das Modell %1 gibt es auf diesem Rechner nicht mehr. Wählen Sie ein anderes Entwurfsmodell, oder fügen Sie es unter „Modelle“ wieder hinzu.</translation>
    </message>
    <message>
        <source>fits into memory (about %1)</source>
        <translation>passt in den Speicher (etwa %1)</translation>
    </message>
    <message>
        <source>runs in parts, slower (about %1 in one piece)</source>
        <translation>läuft in Teilen, langsamer (am Stück etwa %1)</translation>
    </message>
    <message>
        <source>does not fit into memory (needs %1 at least)</source>
        <translation>passt nicht in den Speicher (braucht mindestens %1)</translation>
    </message>
    <message>
        <source>licence not stated</source>
        <translation>Lizenz nicht angegeben</translation>
    </message>
    <message>
        <source>Its files have changed since it was added. &quot;galley models verify %1&quot; says which.</source>
        <translation>Seine Dateien haben sich seit dem Hinzufügen geändert. „galley models verify %1“ sagt, welche.</translation>
    </message>
    <message>
        <source>Say what to add: galley models add FOLDER, or a .safetensors file.</source>
        <translation>Sagen Sie, was hinzukommen soll: galley models add ORDNER, oder eine .safetensors-Datei.</translation>
    </message>
    <message>
        <source>Say what to remove: galley models remove ID. &quot;galley models&quot; lists the ids.</source>
        <translation>Sagen Sie, was entfernt werden soll: galley models remove KENNUNG. „galley models“ zählt die Kennungen auf.</translation>
    </message>
    <message>
        <source>&quot;galley models list&quot; takes no name; &quot;galley models verify %1&quot; looks at one model.</source>
        <translation>„galley models list“ nimmt keinen Namen; „galley models verify %1“ sieht ein einzelnes Modell an.</translation>
    </message>
    <message>
        <source>--id belongs to &quot;galley models add&quot;.</source>
        <translation>--id gehört zu „galley models add“.</translation>
    </message>
    <message>
        <source>%1 is forgotten; its files stay in %2.</source>
        <translation>%1 ist vergessen; seine Dateien bleiben in %2.</translation>
    </message>
    <message>
        <source>there is no room left on the disk</source>
        <translation>auf dem Datenträger ist kein Platz mehr</translation>
    </message>
    <message>
        <source>The final is as a draft of it that was drawn anew, as far as can be measured.</source>
        <translation>Das Final gleicht, soweit messbar, einem neu gezeichneten Entwurf davon.</translation>
    </message>
    <message>
        <source>No draft was on screen when this final was sent.</source>
        <translation>Als dieses Final gesendet wurde, war kein Entwurf zu sehen.</translation>
    </message>
    <message>
        <source>The draft that you approved is not in the library any more.</source>
        <translation>Der Entwurf, den Sie freigegeben haben, ist nicht mehr in der Bibliothek.</translation>
    </message>
    <message>
        <source>Compares colours, where things stand out and how calm the areas under text are. It does not know what a thing is: another subject in the same place and colours goes unnoticed, and a draft is simpler than its final by nature. What Galley sets itself is the same in both and left out.</source>
        <translation>Vergleicht Farben, wo sich etwas abhebt und wie ruhig die Flächen unter Text sind. Was etwas ist, weiß es nicht: Ein anderes Motiv an derselben Stelle und in denselben Farben fällt nicht auf, und ein Entwurf ist von Natur aus einfacher als sein Final. Was Galley selbst setzt, ist in beiden gleich und bleibt außen vor.</translation>
    </message>
    <message>
        <source>There is no draft yet that could be kept in the library. Wait until it is drawn.</source>
        <translation>Es gibt noch keinen Entwurf, den die Bibliothek aufnehmen könnte. Warten Sie, bis er gezeichnet ist.</translation>
    </message>
    <message>
        <source>There is no memory for the draft at canvas size, so that it was not kept. Close other programs and try again.</source>
        <translation>Für den Entwurf in voller Größe fehlt Speicher, daher wurde er nicht aufgenommen. Schließen Sie andere Programme und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The file %1, which no picture named, is picture %2 in the bin now, without model, prompt and tags: nothing is known of it.</source>
        <translation>Die Datei %1, die kein Bild nannte, ist jetzt Bild %2 im Papierkorb, ohne Modell, Prompt und Schlagwörter: Nichts ist über sie bekannt.</translation>
    </message>
    <message>
        <source>Reading the library back</source>
        <translation>Bibliothek wird zurückgelesen</translation>
    </message>
    <message>
        <source>The library was damaged. What could be read of it, %1 and %2, is in a new one; the damaged file is kept as %3 until you delete it.</source>
        <translation>Die Bibliothek war beschädigt. Was von ihr lesbar war, %1 und %2, steht in einer neuen; die beschädigte Datei bleibt als %3 liegen, bis Sie sie löschen.</translation>
    </message>
    <message>
        <source>The same request is sent to %1 again, past the cache (%2).</source>
        <translation>Dieselbe Anfrage wird am Zwischenspeicher vorbei noch einmal an %1 gesendet (%2).</translation>
    </message>
    <message>
        <source>Picture %1: %2</source>
        <translation>Bild %1: %2</translation>
    </message>
    <message>
        <source>%1 reads brackets as weights: words in (…) count more, words in […] less. Write \( or \[ where a bracket is meant as a character.</source>
        <translation>%1 liest Klammern als Gewichte: Wörter in (…) zählen mehr, Wörter in […] weniger. Schreiben Sie \( oder \[, wo eine Klammer als Zeichen gemeint ist.</translation>
    </message>
    <message>
        <source>loading the model, %1 of %2</source>
        <translation>lädt das Modell, %1 von %2</translation>
    </message>
    <message>
        <source>%1 is no model of this machine: it cannot be told that a smaller picture is better than none.</source>
        <translation>%1 ist kein Modell dieses Rechners: Ihm lässt sich nicht sagen, dass ein kleineres Bild besser ist als keines.</translation>
    </message>
    <message>
        <source>The files of %1 have changed: revision %2 is here now, not %3. Render again.</source>
        <translation>Die Dateien von %1 haben sich geändert: Jetzt ist Revision %2 da, nicht %3. Rendern Sie noch einmal.</translation>
    </message>
</context>
<context>
    <name>Galley::A1111</name>
    <message numerus="yes">
        <source>%1 answers and knows %n checkpoint(s).</source>
        <translation>
            <numerusform>%1 antwortet und kennt %n Gewichtsdatei.</numerusform>
            <numerusform>%1 antwortet und kennt %n Gewichtsdateien.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::A1111Call</name>
    <message>
        <source>%1 has not answered for minutes while it had the request. Look whether the server still runs.</source>
        <translation>%1 hat seit Minuten nicht geantwortet, während es die Anfrage hatte. Sehen Sie nach, ob der Server noch läuft.</translation>
    </message>
    <message>
        <source>Somebody stopped this render at %1 before it was done. Send it again when it is wanted.</source>
        <translation>Jemand hat dies bei %1 angehalten, bevor es fertig war. Senden Sie es noch einmal, wenn es gebraucht wird.</translation>
    </message>
    <message>
        <source>%1 does not say which model and seed made the picture.</source>
        <translation>%1 sagt nicht, mit welchem Modell und Startwert das Bild entstand.</translation>
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
    <message>
        <source>%1, revision %2</source>
        <translation>%1, Fassung %2</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Data and licences</source>
        <translation>Daten und Lizenzen</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>The draft model</source>
        <translation>Das Entwurfsmodell</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>%1 cannot be read. Install Galley again.</source>
        <translation>%1 kann nicht gelesen werden. Installieren Sie Galley neu.</translation>
    </message>
    <message>
        <source>What it answers to</source>
        <translation>Worauf es antwortet</translation>
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
    <message>
        <source>Four Candidates …</source>
        <translation>Vier Vorschläge …</translation>
    </message>
    <message>
        <source>Draw the selected subject with four seeds and take the best one.</source>
        <translation>Das gewählte Motiv mit vier Startwerten zeichnen und das beste nehmen.</translation>
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
    <name>Galley::AssetTable</name>
    <message>
        <source>A picture without bytes cannot be stored.</source>
        <translation>Ein Bild ohne Bytes kann nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The library has no picture %1.</source>
        <translation>Die Bibliothek hat kein Bild %1.</translation>
    </message>
    <message>
        <source>The provenance of picture %1</source>
        <translation>Die Herkunft von Bild %1</translation>
    </message>
    <message>
        <source>The file %1 of picture %2 cannot be read: %3. Restore it from a backup.</source>
        <translation>Die Datei %1 von Bild %2 kann nicht gelesen werden: %3. Stellen Sie sie aus einer Sicherung wieder her.</translation>
    </message>
    <message>
        <source>The file %1 of picture %2 has been altered since it was accepted, so that it is not shown. Restore it from a backup.</source>
        <translation>Die Datei %1 von Bild %2 wurde verändert, seit sie angenommen wurde, und wird darum nicht gezeigt. Stellen Sie sie aus einer Sicherung wieder her.</translation>
    </message>
    <message>
        <source>The library is damaged: %1</source>
        <translation>Die Bibliothek ist beschädigt: %1</translation>
    </message>
    <message>
        <source>No picture of the library knows the file %1; a crash may have left it.</source>
        <translation>Kein Bild der Bibliothek kennt die Datei %1; ein Absturz kann sie hinterlassen haben.</translation>
    </message>
    <message>
        <source>The file %1 of picture %2 cannot be read now: %3. Check its permissions and the disk.</source>
        <translation>Die Datei %1 des Bildes %2 kann jetzt nicht gelesen werden: %3. Prüfen Sie ihre Rechte und den Datenträger.</translation>
    </message>
</context>
<context>
    <name>Galley::BackendEntry</name>
    <message>
        <source>This machine</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>ComfyUI on this machine</source>
        <translation>ComfyUI auf diesem Rechner</translation>
    </message>
    <message>
        <source>Stable Diffusion web UI on this machine</source>
        <translation>Stable Diffusion web UI auf diesem Rechner</translation>
    </message>
</context>
<context>
    <name>Galley::BackendKeys</name>
    <message>
        <source>The key of %1 is in the keychain.</source>
        <translation>Der Schlüssel von %1 liegt im Schlüsselbund.</translation>
    </message>
    <message>
        <source>The key of %1 is no longer in the keychain.</source>
        <translation>Der Schlüssel von %1 liegt nicht mehr im Schlüsselbund.</translation>
    </message>
    <message>
        <source>%1 is set in the environment and comes first.</source>
        <translation>%1 ist in der Umgebung gesetzt und hat Vorrang.</translation>
    </message>
    <message>
        <source>There is no service to ask a key for.</source>
        <translation>Es gibt keinen Dienst, für den nach einem Schlüssel zu fragen wäre.</translation>
    </message>
    <message>
        <source>The keychain still hands out no key of %1.</source>
        <translation>Der Schlüsselbund gibt noch immer keinen Schlüssel für %1 heraus.</translation>
    </message>
    <message>
        <source>There is a key of %1 now.</source>
        <translation>Jetzt gibt es einen Schlüssel für %1.</translation>
    </message>
</context>
<context>
    <name>Galley::BackendPage</name>
    <message>
        <source>%1 a picture</source>
        <translation>%1 pro Bild</translation>
    </message>
    <message>
        <source>%1 a megapixel</source>
        <translation>%1 pro Megapixel</translation>
    </message>
    <message>
        <source>%1 to %2 a picture</source>
        <translation>%1 bis %2 pro Bild</translation>
    </message>
    <message>
        <source>key cannot be read</source>
        <translation>Schlüssel nicht lesbar</translation>
    </message>
    <message>
        <source>key missing</source>
        <translation>Schlüssel fehlt</translation>
    </message>
    <message>
        <source>not tested</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>test failed</source>
        <translation>Prüfung fehlgeschlagen</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Paste the key here</source>
        <translation>Schlüssel hier einfügen</translation>
    </message>
    <message>
        <source>Show the key while it is typed</source>
        <translation>Schlüssel beim Eingeben anzeigen</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Put the key into the keychain of this computer; it is kept nowhere else.</source>
        <translation>Legt den Schlüssel in den Schlüsselbund dieses Rechners; er liegt nirgends sonst.</translation>
    </message>
    <message>
        <source>Take the key out of the keychain</source>
        <translation>Nimmt den Schlüssel aus dem Schlüsselbund</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Test Connection</source>
        <translation>Verbindung prüfen</translation>
    </message>
    <message>
        <source>One cheap call that tells whether the service answers and takes the key. It renders nothing.</source>
        <translation>Ein billiger Aufruf, der zeigt, ob der Dienst antwortet und den Schlüssel annimmt. Er rendert nichts.</translation>
    </message>
    <message>
        <source>The connection is being tested</source>
        <translation>Die Verbindung wird geprüft</translation>
    </message>
    <message>
        <source>This service needs no key.</source>
        <translation>Dieser Dienst braucht keinen Schlüssel.</translation>
    </message>
    <message>
        <source>The key is in the keychain of this computer.</source>
        <translation>Der Schlüssel liegt im Schlüsselbund dieses Rechners.</translation>
    </message>
    <message>
        <source>The key comes from the environment variable %1.</source>
        <translation>Der Schlüssel kommt aus der Umgebungsvariablen %1.</translation>
    </message>
    <message>
        <source>There is no key for this service. Paste yours and press Store.</source>
        <translation>Für diesen Dienst gibt es keinen Schlüssel. Fügen Sie Ihren ein und drücken Sie Speichern.</translation>
    </message>
    <message>
        <source>The keychain did not hand out the key.</source>
        <translation>Der Schlüsselbund hat den Schlüssel nicht herausgegeben.</translation>
    </message>
    <message>
        <source>Paste another key to replace it</source>
        <translation>Anderen Schlüssel einfügen, um ihn zu ersetzen</translation>
    </message>
    <message>
        <source>Asking %1 …</source>
        <translation>%1 wird gefragt …</translation>
    </message>
    <message>
        <source>retired: %1</source>
        <translation>abgeschaltet: %1</translation>
    </message>
    <message>
        <source>No model of models.yaml uses this service.</source>
        <translation>Kein Modell in models.yaml benutzt diesen Dienst.</translation>
    </message>
    <message>
        <source>Asking the keychain …</source>
        <translation>Der Schlüsselbund wird gefragt …</translation>
    </message>
    <message>
        <source>Ask Again</source>
        <translation>Erneut fragen</translation>
    </message>
    <message>
        <source>Ask the keychain once more, for example after you have unlocked it</source>
        <translation>Den Schlüsselbund noch einmal fragen, etwa nachdem Sie ihn entsperrt haben</translation>
    </message>
</context>
<context>
    <name>Galley::Bench</name>
    <message>
        <source>processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>number of threads</source>
        <translation>Zahl der Threads</translation>
    </message>
    <message>
        <source>device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>number type</source>
        <translation>Zahlentyp</translation>
    </message>
    <message>
        <source>build type</source>
        <translation>Art des Baus</translation>
    </message>
</context>
<context>
    <name>Galley::BenchChart</name>
    <message numerus="yes">
        <source>%n requests, %1 failed</source>
        <translation>
            <numerusform>%n Anfrage, %1 fehlgeschlagen</numerusform>
            <numerusform>%n Anfragen, %1 fehlgeschlagen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::BenchCommand</name>
    <message numerus="yes">
        <source>%n pictures of either side cost up to %1 USD. Say --yes, or --budget USD, to spend it.</source>
        <translation>
            <numerusform>%n Bild auf jeder Seite kostet bis zu %1 USD. Sagen Sie --yes oder --budget USD, um es auszugeben.</numerusform>
            <numerusform>%n Bilder auf jeder Seite kosten bis zu %1 USD. Sagen Sie --yes oder --budget USD, um es auszugeben.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::BenchJob</name>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>%1 konnte nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>Cancelled before anything was sent.</source>
        <translation>Abgebrochen, bevor etwas gesendet wurde.</translation>
    </message>
    <message>
        <source>%1 of %2 requests</source>
        <translation>%1 von %2 Anfragen</translation>
    </message>
    <message>
        <source>This looks like a regression; it is measured once more before it counts.</source>
        <translation>Das sieht nach einer Verschlechterung aus; es wird noch einmal gemessen, bevor es zählt.</translation>
    </message>
    <message>
        <source>The first failure: %1</source>
        <translation>Der erste Fehlschlag: %1</translation>
    </message>
</context>
<context>
    <name>Galley::BenchTargets</name>
    <message>
        <source>There is no key &quot;%1&quot;. Set %2, or store it under Services and Keys.</source>
        <translation>Es gibt keinen Schlüssel „%1“. Setzen Sie %2, oder speichern Sie ihn unter Dienste und Schlüssel.</translation>
    </message>
    <message>
        <source>--fidelity %1: take draft, mid or final.</source>
        <translation>--fidelity %1: Nehmen Sie draft, mid oder final.</translation>
    </message>
    <message>
        <source>The model &quot;%1&quot; is not installed on this machine. &quot;galley models&quot; lists what is.</source>
        <translation>Das Modell „%1“ ist auf diesem Rechner nicht installiert. „galley models“ nennt die, die es sind.</translation>
    </message>
    <message>
        <source>The rules in %1 have mistakes, so they cannot be in force: %2</source>
        <translation>Die Regeln in %1 haben Fehler und können darum nicht gelten: %2</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has no backend that can be asked.</source>
        <translation>„%1“ hat keinen Dienst, der gefragt werden kann.</translation>
    </message>
    <message>
        <source>There is no key for %1. Set %2, or store it under Services and Keys.</source>
        <translation>Es gibt keinen Schlüssel für %1. Setzen Sie %2, oder speichern Sie ihn unter Dienste und Schlüssel.</translation>
    </message>
</context>
<context>
    <name>Galley::BflCall</name>
    <message>
        <source>it does not name the job</source>
        <translation>der Auftrag ist nicht genannt</translation>
    </message>
    <message>
        <source>%1 wants to be asked for the picture at an address that is not its own (%2); the key is not sent there. Ask its support what became of the request.</source>
        <translation>%1 will unter einer fremden Adresse (%2) nach dem Bild gefragt werden; dorthin wird der Schlüssel nicht gesendet. Fragen Sie seinen Kundendienst, was aus der Anfrage wurde.</translation>
    </message>
    <message>
        <source>%1 has been working on the picture for too long. Look it up again later, before you send the request anew.</source>
        <translation>%1 arbeitet schon zu lange am Bild. Fragen Sie später noch einmal nach, bevor Sie die Anfrage neu senden.</translation>
    </message>
    <message>
        <source>it gives no link to the picture</source>
        <translation>es fehlt der Link zum Bild</translation>
    </message>
    <message>
        <source>%1 changed the prompt: %2</source>
        <translation>%1 hat den Prompt geändert: %2</translation>
    </message>
    <message>
        <source>%1 does not know this job (any more); a finished one is kept only for a short time. The picture may have been charged for: look at the account there before you send the request anew.</source>
        <translation>%1 kennt diesen Auftrag nicht (mehr); ein fertiger bleibt nur kurz erhalten. Das Bild kann berechnet worden sein: Sehen Sie dort ins Konto, bevor Sie die Anfrage neu senden.</translation>
    </message>
    <message>
        <source>%1 refused the request for reasons of safety. Change the words or the picture.</source>
        <translation>%1 hat die Anfrage aus Sicherheitsgründen verweigert. Ändern Sie die Worte oder das Bild.</translation>
    </message>
    <message>
        <source>%1 drew the picture and withheld it for reasons of safety. Change the words before you try again.</source>
        <translation>%1 hat das Bild gezeichnet und aus Sicherheitsgründen zurückgehalten. Ändern Sie die Worte, bevor Sie es noch einmal versuchen.</translation>
    </message>
    <message>
        <source>%1 could not make the picture (%2). It may have been charged for; look at the account there before you send the request anew.</source>
        <translation>%1 konnte das Bild nicht machen (%2). Es kann berechnet worden sein; sehen Sie dort ins Konto, bevor Sie die Anfrage neu senden.</translation>
    </message>
    <message>
        <source>it gives no reason</source>
        <translation>ohne Angabe eines Grundes</translation>
    </message>
    <message>
        <source>%1 answers and takes the key, but does not tell the balance.</source>
        <translation>%1 antwortet und nimmt den Schlüssel an, nennt aber kein Guthaben.</translation>
    </message>
    <message>
        <source>%1 answers and takes the key; %2 credits are left.</source>
        <translation>%1 antwortet und nimmt den Schlüssel an; %2 Credits sind übrig.</translation>
    </message>
</context>
<context>
    <name>Galley::Builder</name>
    <message>
        <source>The document has ended before this. Keep one document in the file, without a second &quot;---&quot;.</source>
        <translation>Davor endet das Dokument schon. Lassen Sie ein Dokument in der Datei, ohne ein zweites „---“.</translation>
    </message>
    <message>
        <source>This alias is part of what it stands for. Write the value out.</source>
        <translation>Dieser Alias ist Teil dessen, wofür er steht. Schreiben Sie den Wert aus.</translation>
    </message>
    <message>
        <source>Tags such as &quot;%1&quot; are not used here. Remove it.</source>
        <translation>Auszeichnungen wie „%1“ werden hier nicht benutzt. Entfernen Sie sie.</translation>
    </message>
    <message>
        <source>Values are nested deeper than %1 levels.</source>
        <translation>Werte sind tiefer als %1 Ebenen verschachtelt.</translation>
    </message>
    <message>
        <source>The merge key &quot;&lt;&lt;&quot; is not used here. Write the keys out.</source>
        <translation>Der Eintrag „&lt;&lt;“ wird hier nicht benutzt. Schreiben Sie die Einträge aus.</translation>
    </message>
    <message>
        <source>The key &quot;%1&quot; stands here again; it stands in line %2 already. Keep one of them.</source>
        <translation>Der Eintrag „%1“ steht hier noch einmal; er steht schon in Zeile %2. Behalten Sie einen davon.</translation>
    </message>
    <message>
        <source>The key must be a word. Put a value with braces, brackets or &quot;null&quot; as key in quotes.</source>
        <translation>Der Eintrag muss ein Wort sein. Setzen Sie einen mit Klammern oder „null“ in Anführungszeichen.</translation>
    </message>
    <message>
        <source>The file holds more than %1 values, counting each use of an alias.</source>
        <translation>Die Datei enthält mehr als %1 Werte, jede Verwendung eines Alias mitgezählt.</translation>
    </message>
    <message>
        <source>The file must begin with models:, aliases: or backends:.</source>
        <translation>Die Datei muss mit models:, aliases: oder backends: beginnen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be a map of names.</source>
        <translation>„%1“ muss eine Zuordnung von Namen sein.</translation>
    </message>
    <message>
        <source>The key &quot;%1&quot; is not known and has no effect.</source>
        <translation>Der Eintrag „%1“ ist nicht bekannt und bewirkt nichts.</translation>
    </message>
    <message>
        <source>It belongs in routes.yaml.</source>
        <translation>Es gehört in routes.yaml.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be a name here: names are letters, digits, &quot;.&quot;, &quot;-&quot; and &quot;_&quot;, at most 64.</source>
        <translation>„%1“ kann hier kein Name sein: Namen bestehen aus Buchstaben, Ziffern, „.“, „-“ und „_“, höchstens 64.</translation>
    </message>
    <message>
        <source>The model &quot;%1&quot; names no backend, so it cannot be used.</source>
        <translation>Das Modell „%1“ nennt keinen Dienst und ist nicht benutzbar.</translation>
    </message>
    <message>
        <source>Add &quot;backend:&quot; with the name of a backend.</source>
        <translation>Ergänzen Sie „backend:“ mit dem Namen eines Dienstes.</translation>
    </message>
    <message>
        <source>There is no backend &quot;%1&quot; for the model &quot;%2&quot;.</source>
        <translation>Es gibt keinen Dienst „%1“ für das Modell „%2“.</translation>
    </message>
    <message>
        <source>The backend &quot;%1&quot; has no kind, so it cannot be used.</source>
        <translation>Der Dienst „%1“ hat keine Art (kind) und ist nicht benutzbar.</translation>
    </message>
    <message>
        <source>Add &quot;kind:&quot;, such as openai, comfyui, a1111 or custom.</source>
        <translation>Ergänzen Sie „kind:“, etwa openai, comfyui, a1111 oder custom.</translation>
    </message>
    <message>
        <source>The backend &quot;%1&quot; has no url, so it cannot be used.</source>
        <translation>Der Dienst „%1“ hat keine Adresse (url) und ist nicht benutzbar.</translation>
    </message>
    <message>
        <source>Add &quot;url:&quot;, such as https://host/api.</source>
        <translation>Ergänzen Sie „url:“, etwa https://host/api.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a model already, so it cannot be an alias too.</source>
        <translation>„%1“ ist schon ein Modell und kann nicht auch noch ein anderer Name sein.</translation>
    </message>
    <message>
        <source>The alias &quot;%1&quot; names another alias.</source>
        <translation>Der andere Name „%1“ nennt wieder einen anderen Namen.</translation>
    </message>
    <message>
        <source>Name the model: %1.</source>
        <translation>Nennen Sie das Modell: %1.</translation>
    </message>
    <message>
        <source>The alias &quot;%1&quot; names the model &quot;%2&quot;, which does not exist.</source>
        <translation>Der andere Name „%1“ nennt das Modell „%2“, das es nicht gibt.</translation>
    </message>
    <message>
        <source>The replacement of &quot;%1&quot;, &quot;%2&quot;, is no model.</source>
        <translation>Der Ersatz von „%1“, „%2“, ist kein Modell.</translation>
    </message>
    <message>
        <source>The backend &quot;%1&quot; is said to be free, but its models have prices. What fails on the way is then repeated, and may be paid twice.</source>
        <translation>Der Dienst „%1“ soll kostenlos sein, aber seine Modelle haben Preise. Was unterwegs scheitert, wird dann wiederholt und vielleicht doppelt bezahlt.</translation>
    </message>
    <message>
        <source>Remove &quot;free: true&quot;, or the prices.</source>
        <translation>Entfernen Sie „free: true“ oder die Preise.</translation>
    </message>
</context>
<context>
    <name>Galley::Bytes</name>
    <message>
        <source>The value that begins in this line or after it is longer than %1 bytes. Write it as indented lines, without brackets around it.</source>
        <translation>Der Wert, der in oder nach dieser Zeile beginnt, ist länger als %1 Bytes. Schreiben Sie ihn als eingerückte Zeilen, ohne Klammern darum.</translation>
    </message>
</context>
<context>
    <name>Galley::CanaryCard</name>
    <message>
        <source>%1 of %2 bake time left</source>
        <translation>noch %1 von %2 Bewährungszeit</translation>
    </message>
    <message>
        <source>bake time is over</source>
        <translation>Bewährungszeit ist um</translation>
    </message>
    <message>
        <source>%1 of 10,000 cohorts</source>
        <translation>%1 von 10.000 Kohorten</translation>
    </message>
    <message>
        <source>Roll Back …</source>
        <translation>Zurücknehmen …</translation>
    </message>
    <message>
        <source>Start Again</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>The candidate gets no requests from now on; what it made is marked.</source>
        <translation>Der Kandidat bekommt ab jetzt keine Anfragen mehr; was er gemacht hat, wird markiert.</translation>
    </message>
    <message>
        <source>Begin at the first step again.</source>
        <translation>Noch einmal beim ersten Schritt beginnen.</translation>
    </message>
    <message>
        <source>%1: %2 in the shadow of %3</source>
        <translation>%1: %2 im Schatten von %3</translation>
    </message>
    <message>
        <source>%1: %2 against %3</source>
        <translation>%1: %2 gegen %3</translation>
    </message>
    <message>
        <source>Candidate</source>
        <translation>Kandidat</translation>
    </message>
    <message>
        <source>Control</source>
        <translation>Kontrolle</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>–</source>
        <translation>–</translation>
    </message>
    <message>
        <source>%1 : %2</source>
        <translation>%1 : %2</translation>
    </message>
    <message>
        <source>Finish …</source>
        <translation>Abschließen …</translation>
    </message>
    <message>
        <source>Promote to %1 …</source>
        <translation>Hochstufen auf %1 …</translation>
    </message>
    <message>
        <source>The numbers speak for it.</source>
        <translation>Die Zahlen sprechen dafür.</translation>
    </message>
    <message>
        <source>The verdict is “%1”: Galley asks first.</source>
        <translation>Das Urteil ist „%1“: Galley fragt erst nach.</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Let the canary go on at its step.</source>
        <translation>Den Canary bei seinem Schritt weiterlaufen lassen.</translation>
    </message>
    <message>
        <source>Stay at this step until you let it go on.</source>
        <translation>Bei diesem Schritt bleiben, bis Sie ihn fortsetzen.</translation>
    </message>
    <message>
        <source>%1 (canary of %2)</source>
        <translation>%1 (Canary von %2)</translation>
    </message>
    <message>
        <source>Verdict: %1.</source>
        <translation>Urteil: %1.</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n renders</source>
        <translation>
            <numerusform>%1 von %n Rendering</numerusform>
            <numerusform>%1 von %n Renderings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::CanaryJudge</name>
    <message numerus="yes">
        <source>%n more renders are wanted at this step.</source>
        <translation>
            <numerusform>Bei diesem Schritt wird noch %n Rendering gebraucht.</numerusform>
            <numerusform>Bei diesem Schritt werden noch %n Renderings gebraucht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing speaks against it after %n renders.</source>
        <translation>
            <numerusform>Nach %n Rendering spricht nichts dagegen.</numerusform>
            <numerusform>Nach %n Renderings spricht nichts dagegen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::CanaryMetrics</name>
    <message numerus="yes">
        <source>Picks: %n comparisons with the control are too few; %1 are the least.</source>
        <translation>
            <numerusform>Auswahl: %n Vergleich mit der Kontrolle ist zu wenig; %1 sind das Mindeste.</numerusform>
            <numerusform>Auswahl: %n Vergleiche mit der Kontrolle sind zu wenige; %1 sind das Mindeste.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::CanaryPanel</name>
    <message>
        <source>No canary runs. Give a rule one to try a new model on a few projects first:
canary: {model: …, steps: [5, 25, 100], bake: 24h}</source>
        <translation>Es läuft kein Canary. Geben Sie einer Regel einen, um ein neues Modell erst bei wenigen Projekten auszuprobieren:
canary: {model: …, steps: [5, 25, 100], bake: 24h}</translation>
    </message>
    <message>
        <source>Canaries</source>
        <translation>Canarys</translation>
    </message>
</context>
<context>
    <name>Galley::CanaryRun</name>
    <message>
        <source>%1 is on trial for the rule &quot;%2&quot;.</source>
        <translation>%1 ist für die Regel „%2“ auf Probe.</translation>
    </message>
    <message>
        <source>The rules in force have no canary in a rule &quot;%1&quot;.</source>
        <translation>Die geltenden Regeln haben keinen Canary in einer Regel „%1“.</translation>
    </message>
</context>
<context>
    <name>Galley::CandidatesPopup</name>
    <message>
        <source>Select one subject first.</source>
        <translation>Wählen Sie zuerst ein Motiv aus.</translation>
    </message>
    <message>
        <source>What is selected is locked. Unlock it to edit it.</source>
        <translation>Was ausgewählt ist, ist gesperrt. Entsperren Sie es, um es zu bearbeiten.</translation>
    </message>
    <message>
        <source>Only pictures that the draft model makes have candidates. Choose Generated in the toolbar.</source>
        <translation>Nur Bilder, die das Entwurfsmodell zeichnet, haben Vorschläge. Wählen Sie in der Werkzeugleiste „Erzeugt“.</translation>
    </message>
    <message>
        <source>Candidates for %1</source>
        <translation>Vorschläge für %1</translation>
    </message>
    <message>
        <source>Candidate %1, seed %2</source>
        <translation>Vorschlag %1, Startwert %2</translation>
    </message>
    <message>
        <source>%1 takes seed %2</source>
        <translation>%1 nimmt Startwert %2</translation>
    </message>
    <message>
        <source>Drawing %1 of %2 … Esc cancels</source>
        <translation>Zeichne %1 von %2 … Esc bricht ab</translation>
    </message>
    <message>
        <source>Click one or press 1 to 4. Esc keeps what is there.</source>
        <translation>Klicken Sie auf einen oder drücken Sie 1 bis 4. Esc lässt alles, wie es ist.</translation>
    </message>
    <message>
        <source>Choose the Picture of %1</source>
        <translation>Bild von %1 wählen</translation>
    </message>
</context>
<context>
    <name>Galley::ChartPanel</name>
    <message>
        <source>Chart</source>
        <translation>Diagramm</translation>
    </message>
    <message>
        <source>Charts as a Table</source>
        <translation>Diagramme als Tabelle</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Fehlschläge</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>GPU Memory</source>
        <translation>Grafikspeicher</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>24 hours</source>
        <translation>24 Stunden</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>Time that the charts cover</source>
        <translation>Zeitraum der Diagramme</translation>
    </message>
    <message>
        <source>Show the same numbers as a table</source>
        <translation>Dieselben Zahlen als Tabelle zeigen</translation>
    </message>
    <message>
        <source>Numbers of the chart</source>
        <translation>Zahlen des Diagramms</translation>
    </message>
    <message>
        <source>What the Models Did</source>
        <translation>Was die Modelle getan haben</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>From %1 to %2.</source>
        <translation>Von %1 bis %2.</translation>
    </message>
</context>
<context>
    <name>Galley::ChipRow</name>
    <message>
        <source>Remove “%1”</source>
        <translation>„%1“ entfernen</translation>
    </message>
    <message>
        <source>%1: press to remove it</source>
        <translation>%1: zum Entfernen drücken</translation>
    </message>
</context>
<context>
    <name>Galley::CollectionTable</name>
    <message>
        <source>A saved search needs a name.</source>
        <translation>Eine gespeicherte Suche braucht einen Namen.</translation>
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
    <name>Galley::ComfyUICall</name>
    <message>
        <source>it does not say what it called the picture that was uploaded</source>
        <translation>es sagt nicht, wie es das hochgeladene Bild genannt hat</translation>
    </message>
    <message>
        <source>ComfyUI left out a part of the workflow: %1.</source>
        <translation>ComfyUI hat einen Teil des Ablaufs weggelassen: %1.</translation>
    </message>
    <message>
        <source>its pictures are larger than 256 MiB together</source>
        <translation>seine Bilder sind zusammen größer als 256 MiB</translation>
    </message>
    <message>
        <source>Somebody stopped this render at %1. Send it again when it is wanted.</source>
        <translation>Jemand hat dies bei %1 angehalten. Senden Sie es noch einmal, wenn es gebraucht wird.</translation>
    </message>
    <message>
        <source>%1 has too little GPU memory for this render: %2. Choose a smaller size or model.</source>
        <translation>%1 hat dafür zu wenig Grafikspeicher: %2. Wählen Sie eine kleinere Größe oder ein kleineres Modell.</translation>
    </message>
    <message>
        <source>A node of the workflow failed at %1: %2. Correct the workflow or the value that it names.</source>
        <translation>Ein Knoten des Ablaufs ist bei %1 gescheitert: %2. Berichtigen Sie den Ablauf oder den genannten Wert.</translation>
    </message>
    <message>
        <source>it does not say why</source>
        <translation>es sagt nicht, warum</translation>
    </message>
    <message>
        <source>ComfyUI&apos;s history was cleared before it could be read.</source>
        <translation>Der Verlauf von ComfyUI wurde geleert, bevor er gelesen werden konnte.</translation>
    </message>
    <message>
        <source>%1 no longer knows this render: the server was started anew, or its queue and history were cleared. Look into its folder of pictures before you send it again.</source>
        <translation>%1 kennt diesen Auftrag nicht mehr: Der Server wurde neu gestartet, oder Warteschlange und Verlauf wurden geleert. Sehen Sie in seinem Ordner mit Bildern nach, bevor Sie es noch einmal senden.</translation>
    </message>
    <message>
        <source>the workflow saved no picture. It needs a node such as SaveImage, or `output` in models.yaml names the wrong one</source>
        <translation>der Ablauf hat kein Bild gespeichert. Er braucht einen Knoten wie SaveImage, oder „output“ in models.yaml nennt den falschen</translation>
    </message>
    <message>
        <source>%1 refused the workflow: %2. Correct what it names in the workflow or in models.yaml.</source>
        <translation>%1 hat den Ablauf abgelehnt: %2. Berichtigen Sie das Genannte im Ablauf oder in models.yaml.</translation>
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
        <source>writes the layers of a draft</source>
        <translation>schreibt die Ebenen eines Entwurfs</translation>
    </message>
    <message>
        <source>chooses where drafts are drawn</source>
        <translation>wählt, wo Entwürfe gezeichnet werden</translation>
    </message>
    <message>
        <source>chooses the subjects of a draft</source>
        <translation>wählt die Motive eines Entwurfs</translation>
    </message>
    <message>
        <source>%1: %2 of %3 %4</source>
        <translation>%1: %2 von %3 %4</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>%1 wird gelesen</translation>
    </message>
    <message>
        <source>Cancelled; nothing was added.</source>
        <translation>Abgebrochen; nichts wurde hinzugefügt.</translation>
    </message>
    <message>
        <source>Added %1.</source>
        <translation>%1 wurde hinzugefügt.</translation>
    </message>
    <message>
        <source>galley render TEMPLATE --model %1 -o OUT.png</source>
        <translation>galley render VORLAGE --model %1 -o BILD.png</translation>
    </message>
    <message>
        <source>There is no model %1 on this machine. &quot;galley models&quot; lists those that are.</source>
        <translation>Das Modell %1 gibt es auf diesem Rechner nicht. „galley models“ zählt die vorhandenen auf.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>draws (%1 ms)</source>
        <translation>zeichnet (%1 ms)</translation>
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
    <name>Galley::CompareActions</name>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleich</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Next Picture</source>
        <translation>Nächstes Bild</translation>
    </message>
    <message>
        <source>Previous Picture</source>
        <translation>Voriges Bild</translation>
    </message>
    <message>
        <source>Next Screen</source>
        <translation>Nächste Bilder</translation>
    </message>
    <message>
        <source>Previous Screen</source>
        <translation>Vorige Bilder</translation>
    </message>
    <message>
        <source>Pin, and Step the Others</source>
        <translation>Anheften und die anderen wechseln</translation>
    </message>
    <message>
        <source>Keep the picture of the active pane where it is while the arrow keys step the others</source>
        <translation>Das Bild des aktiven Felds bleibt stehen, während die Pfeiltasten die anderen wechseln</translation>
    </message>
    <message>
        <source>Go to Pane</source>
        <translation>Zum Feld gehen</translation>
    </message>
    <message>
        <source>Pane %1</source>
        <translation>Feld %1</translation>
    </message>
    <message>
        <source>A draft is not in the library, so it takes neither stars nor picks. Choose its final.</source>
        <translation>Ein Entwurf ist nicht in der Bibliothek und nimmt weder Sterne noch Auswahl an. Wählen Sie sein Final.</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>No Stars</source>
        <translation>Keine Sterne</translation>
    </message>
    <message numerus="yes">
        <source>%n Star(s)</source>
        <translation>
            <numerusform>%n Stern</numerusform>
            <numerusform>%n Sterne</numerusform>
        </translation>
    </message>
    <message>
        <source>Write a Note</source>
        <translation>Notiz schreiben</translation>
    </message>
    <message>
        <source>Compare Blind</source>
        <translation>Blind vergleichen</translation>
    </message>
    <message>
        <source>Shuffle the pictures and hide who made them until you have decided</source>
        <translation>Die Bilder mischen und verbergen, wer sie gemacht hat, bis Sie entschieden haben</translation>
    </message>
    <message>
        <source>Side by Side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>Wischen</translation>
    </message>
    <message>
        <source>Flicker</source>
        <translation>Blinken</translation>
    </message>
    <message>
        <source>Onion Skin</source>
        <translation>Zwiebelhaut</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>Show the Other One</source>
        <translation>Das andere zeigen</translation>
    </message>
    <message>
        <source>Show the other picture of the pair in the same place, and back</source>
        <translation>Das andere Bild des Paars an derselben Stelle zeigen und zurück</translation>
    </message>
    <message>
        <source>Swap the Two</source>
        <translation>Die beiden tauschen</translation>
    </message>
    <message>
        <source>Move the Wipe, More of the Second, More Tolerance</source>
        <translation>Wischlinie vor, mehr vom zweiten, mehr Toleranz</translation>
    </message>
    <message>
        <source>Move the Wipe, Less of the Second, Less Tolerance</source>
        <translation>Wischlinie zurück, weniger vom zweiten, weniger Toleranz</translation>
    </message>
    <message>
        <source>Fit Pictures</source>
        <translation>Bilder einpassen</translation>
    </message>
    <message>
        <source>Zoom to 100 %</source>
        <translation>Auf 100 % zoomen</translation>
    </message>
    <message>
        <source>Zoom In</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom Out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Link Zoom and Place</source>
        <translation>Zoom und Ausschnitt koppeln</translation>
    </message>
    <message>
        <source>Zoom and move all pictures together; Shift with the mouse moves one alone</source>
        <translation>Alle Bilder gemeinsam zoomen und verschieben; mit Umschalt bewegt die Maus nur eines</translation>
    </message>
    <message>
        <source>Put This Pane Back in Line</source>
        <translation>Dieses Feld wieder angleichen</translation>
    </message>
    <message>
        <source>Move the Pictures</source>
        <translation>Die Bilder verschieben</translation>
    </message>
    <message>
        <source>Show What Is Left</source>
        <translation>Zeigen, was links liegt</translation>
    </message>
    <message>
        <source>Show What Is Right</source>
        <translation>Zeigen, was rechts liegt</translation>
    </message>
    <message>
        <source>Show What Is Above</source>
        <translation>Zeigen, was oben liegt</translation>
    </message>
    <message>
        <source>Show What Is Below</source>
        <translation>Zeigen, was unten liegt</translation>
    </message>
    <message>
        <source>%1, in This Pane Only</source>
        <translation>%1, nur in diesem Feld</translation>
    </message>
    <message>
        <source>Show Originals</source>
        <translation>Originale zeigen</translation>
    </message>
    <message>
        <source>The pictures as the models made them, without the text and images that Galley sets over them</source>
        <translation>Die Bilder, wie die Modelle sie gemacht haben, ohne die Texte und Bilder, die Galley darübersetzt</translation>
    </message>
    <message>
        <source>Reveal Who Made Them</source>
        <translation>Aufdecken, wer sie gemacht hat</translation>
    </message>
    <message>
        <source>Pane Above</source>
        <translation>Feld darüber</translation>
    </message>
    <message>
        <source>Pane Below</source>
        <translation>Feld darunter</translation>
    </message>
    <message>
        <source>Copy Table</source>
        <translation>Tabelle kopieren</translation>
    </message>
    <message>
        <source>Put the parameters on screen into the clipboard, to be pasted into a spreadsheet</source>
        <translation>Die gezeigten Parameter in die Zwischenablage legen, zum Einfügen in eine Tabelle</translation>
    </message>
    <message>
        <source>Show Drift</source>
        <translation>Abweichung zeigen</translation>
    </message>
    <message>
        <source>A draft takes no stars, which would tell it apart: compare finals blind</source>
        <translation>Ein Entwurf nimmt keine Sterne, daran wäre er zu erkennen: Vergleichen Sie Finale blind</translation>
    </message>
    <message>
        <source>Number of Panes</source>
        <translation>Anzahl der Felder</translation>
    </message>
    <message numerus="yes">
        <source>%n Pane(s)</source>
        <translation>
            <numerusform>%n Feld</numerusform>
            <numerusform>%n Felder</numerusform>
        </translation>
    </message>
    <message>
        <source>One Pane More</source>
        <translation>Ein Feld mehr</translation>
    </message>
    <message>
        <source>One Pane Fewer</source>
        <translation>Ein Feld weniger</translation>
    </message>
</context>
<context>
    <name>Galley::CompareController</name>
    <message>
        <source>draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Compare Draft with Final</source>
        <translation>Entwurf mit Final vergleichen</translation>
    </message>
    <message>
        <source>There is no final of this template yet. Render one first.</source>
        <translation>Von dieser Vorlage gibt es noch kein Final. Rendern Sie zuerst eines.</translation>
    </message>
    <message>
        <source>There is no memory for the draft at canvas size. Close other programs and try again.</source>
        <translation>Für den Entwurf in Leinwandgröße reicht der Speicher nicht. Schließen Sie andere Programme, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Show the draft that you approved beside this final</source>
        <translation>Den Entwurf, den Sie freigegeben haben, neben diesem Final zeigen</translation>
    </message>
</context>
<context>
    <name>Galley::CompareSet</name>
    <message numerus="yes">
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n Stern</numerusform>
            <numerusform>%n Sterne</numerusform>
        </translation>
    </message>
    <message>
        <source>picked</source>
        <translation>ausgewählt</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>note: %1</source>
        <translation>Notiz: %1</translation>
    </message>
    <message>
        <source>cannot be shown</source>
        <translation>kann nicht gezeigt werden</translation>
    </message>
    <message>
        <source>Rate %1</source>
        <translation>%1 bewerten</translation>
    </message>
    <message>
        <source>Remove Stars</source>
        <translation>Sterne entfernen</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Decide Later</source>
        <translation>Später entscheiden</translation>
    </message>
    <message>
        <source>Write Note</source>
        <translation>Notiz schreiben</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>Zeile %1</translation>
    </message>
</context>
<context>
    <name>Galley::CompareView</name>
    <message>
        <source>Pictures that are compared</source>
        <translation>Bilder im Vergleich</translation>
    </message>
    <message>
        <source>Pane %1: empty</source>
        <translation>Feld %1: leer</translation>
    </message>
    <message>
        <source>Pane %1: %2</source>
        <translation>Feld %1: %2</translation>
    </message>
    <message>
        <source>, pinned</source>
        <translation>, angeheftet</translation>
    </message>
    <message>
        <source>Give stars (Shift+1 to Shift+5; Shift+0 removes them)</source>
        <translation>Sterne geben (Umschalt+1 bis Umschalt+5; Umschalt+0 entfernt sie)</translation>
    </message>
    <message>
        <source>A draft is not in the library and takes no stars.</source>
        <translation>Ein Entwurf ist nicht in der Bibliothek und nimmt keine Sterne an.</translation>
    </message>
    <message>
        <source>Pick (P)</source>
        <translation>Auswählen (P)</translation>
    </message>
    <message>
        <source>Reject (X)</source>
        <translation>Ablehnen (X)</translation>
    </message>
    <message>
        <source>Note: %1</source>
        <translation>Notiz: %1</translation>
    </message>
    <message>
        <source>No pixel differs by more than %1 of 255.</source>
        <translation>Kein Pixel weicht um mehr als %1 von 255 ab.</translation>
    </message>
    <message>
        <source>%1 % of the pixels differ by more than %2 of 255, the most by %3.</source>
        <translation>%1 % der Pixel weichen um mehr als %2 von 255 ab, höchstens um %3.</translation>
    </message>
    <message>
        <source>PSNR %1 dB.</source>
        <translation>PSNR %1 dB.</translation>
    </message>
    <message>
        <source>The pictures have different shapes, so that the second was stretched for this.</source>
        <translation>Die Bilder haben verschiedene Formen; das zweite wurde dafür gestreckt.</translation>
    </message>
    <message>
        <source>The second picture was scaled to the size of the first.</source>
        <translation>Das zweite Bild wurde auf die Größe des ersten gebracht.</translation>
    </message>
    <message>
        <source>SSIM %1.</source>
        <translation>SSIM %1.</translation>
    </message>
</context>
<context>
    <name>Galley::CompareWorkspace</name>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Choose pictures in the Library, or compare the draft with its final.</source>
        <translation>Wählen Sie Bilder in der Bibliothek, oder vergleichen Sie den Entwurf mit seinem Final.</translation>
    </message>
    <message>
        <source>Panes</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>How to compare</source>
        <translation>Art des Vergleichs</translation>
    </message>
    <message numerus="yes">
        <source>%n pane(s)</source>
        <translation>
            <numerusform>%n Feld</numerusform>
            <numerusform>%n Felder</numerusform>
        </translation>
    </message>
    <message>
        <source>Turn the Line</source>
        <translation>Linie drehen</translation>
    </message>
    <message>
        <source>Cut across instead of down</source>
        <translation>Quer statt längs teilen</translation>
    </message>
    <message>
        <source>By Itself</source>
        <translation>Von selbst</translation>
    </message>
    <message>
        <source>Change twice a second without a key</source>
        <translation>Zweimal in der Sekunde ohne Taste wechseln</translation>
    </message>
    <message>
        <source>What is good, what is not</source>
        <translation>Was gut ist und was nicht</translation>
    </message>
    <message>
        <source>Note on the active picture</source>
        <translation>Notiz zum aktiven Bild</translation>
    </message>
    <message>
        <source>Preferred Models</source>
        <translation>Bevorzugte Modelle</translation>
    </message>
    <message>
        <source>Two pictures are needed for this.</source>
        <translation>Dafür sind zwei Bilder nötig.</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Linie</translation>
    </message>
    <message>
        <source>Second picture</source>
        <translation>Zweites Bild</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>Toleranz</translation>
    </message>
    <message>
        <source>%1 (Ctrl+Left and Ctrl+Right)</source>
        <translation>%1 (Strg+Links und Strg+Rechts)</translation>
    </message>
    <message>
        <source>%1 of 255</source>
        <translation>%1 von 255</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Zoom: fit with Ctrl+0, 100 % with Ctrl+1</source>
        <translation>Zoom: einpassen mit Strg+0, 100 % mit Strg+1</translation>
    </message>
    <message>
        <source>Zoom: %1</source>
        <translation>Zoom: %1</translation>
    </message>
    <message>
        <source>Pictures: %1, of which %2 are shown</source>
        <translation>Bilder: %1, davon gezeigt: %2</translation>
    </message>
    <message>
        <source>colours by the profile %1</source>
        <translation>Farben nach dem Profil %1</translation>
    </message>
    <message>
        <source>no colour profile, sRGB assumed</source>
        <translation>kein Farbprofil, sRGB angenommen</translation>
    </message>
    <message>
        <source>Note on %1</source>
        <translation>Notiz zu %1</translation>
    </message>
    <message>
        <source>Shuffled. Nobody can tell who made what until you reveal it.</source>
        <translation>Gemischt. Bis Sie es aufdecken, kann niemand sagen, wer was gemacht hat.</translation>
    </message>
    <message>
        <source>The models are shown. Nothing was picked, so there is nothing to count.</source>
        <translation>Die Modelle sind aufgedeckt. Es wurde nichts ausgewählt, also gibt es nichts zu zählen.</translation>
    </message>
    <message numerus="yes">
        <source>You picked %1. %n comparison(s) were added to the preferences of models.</source>
        <translation>
            <numerusform>Sie haben %1 ausgewählt. %n Vergleich kam zu den Vorlieben der Modelle hinzu.</numerusform>
            <numerusform>Sie haben %1 ausgewählt. %n Vergleiche kamen zu den Vorlieben der Modelle hinzu.</numerusform>
        </translation>
    </message>
    <message>
        <source>Hidden until you reveal who made the pictures.</source>
        <translation>Verborgen, bis Sie aufdecken, wer die Bilder gemacht hat.</translation>
    </message>
    <message>
        <source>The table is in the clipboard.</source>
        <translation>Die Tabelle ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Where the final differs from its draft: where it was (dashed) and where it is</source>
        <translation>Wo das Final von seinem Entwurf abweicht: wo es war (gestrichelt) und wo es ist</translation>
    </message>
    <message>
        <source>Compare a draft with its final first; drift is what differs between them.</source>
        <translation>Vergleichen Sie zuerst einen Entwurf mit seinem Final; die Abweichung ist, was die beiden unterscheidet.</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>verschoben</translation>
    </message>
    <message>
        <source>not calm</source>
        <translation>unruhig</translation>
    </message>
    <message>
        <source>There is a note from before, hidden until you reveal who made them.</source>
        <translation>Es gibt eine frühere Notiz; sie bleibt verborgen, bis Sie aufdecken, wer die Bilder gemacht hat.</translation>
    </message>
    <message>
        <source>Open a Saved Comparison …</source>
        <translation>Gespeicherten Vergleich öffnen …</translation>
    </message>
    <message>
        <source>Export Contact Sheet as PDF …</source>
        <translation>Kontaktbogen als PDF exportieren …</translation>
    </message>
    <message>
        <source>Export Table as CSV …</source>
        <translation>Tabelle als CSV exportieren …</translation>
    </message>
    <message>
        <source>The comparison “%1” is removed; its pictures stay in the library.</source>
        <translation>Der Vergleich „%1“ ist entfernt; seine Bilder bleiben in der Bibliothek.</translation>
    </message>
    <message>
        <source>Put It Back</source>
        <translation>Wieder einsetzen</translation>
    </message>
    <message>
        <source>Comparisons that were kept under a name</source>
        <translation>Vergleiche, die unter einem Namen gespeichert sind</translation>
    </message>
    <message>
        <source>No comparison has been saved yet.</source>
        <translation>Es ist noch kein Vergleich gespeichert.</translation>
    </message>
    <message>
        <source>None of the pictures of “%1” is in the library any more.</source>
        <translation>Keines der Bilder von „%1“ ist noch in der Bibliothek.</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) of “%1” are not in the library any more; the others are shown.</source>
        <translation>
            <numerusform>%n Bild von „%1“ ist nicht mehr in der Bibliothek; die anderen werden gezeigt.</numerusform>
            <numerusform>%n Bilder von „%1“ sind nicht mehr in der Bibliothek; die anderen werden gezeigt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export what is compared: a contact sheet as PDF, or a table as CSV</source>
        <translation>Exportieren, was verglichen wird: einen Kontaktbogen als PDF oder eine Tabelle als CSV</translation>
    </message>
    <message>
        <source>The models are shown. What you picked stood beside no picture of another model for the same row, so there is nothing to count.</source>
        <translation>Die Modelle sind aufgedeckt. Neben Ihrer Auswahl stand kein Bild eines anderen Modells zur selben Zeile, daher gibt es nichts zu zählen.</translation>
    </message>
    <message>
        <source>What these numbers can tell</source>
        <translation>Was diese Zahlen aussagen</translation>
    </message>
</context>
<context>
    <name>Galley::ContactSheet</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) cannot be read; the sheet says why in their place.</source>
        <translation>
            <numerusform>%n Bild kann nicht gelesen werden; der Bogen sagt an seiner Stelle, warum.</numerusform>
            <numerusform>%n Bilder können nicht gelesen werden; der Bogen sagt an ihrer Stelle, warum.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::ContactSheetCommand</name>
    <message numerus="yes">
        <source>%1: %n picture(s)</source>
        <translation>
            <numerusform>%1: %n Bild</numerusform>
            <numerusform>%1: %n Bilder</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::ContrastScore</name>
    <message>
        <source>All texts have enough contrast; the weakest has %1 : 1.</source>
        <translation>Alle Texte haben genug Kontrast; der schwächste hat %1 : 1.</translation>
    </message>
    <message>
        <source>Text with too little contrast; the weakest has %1 : 1.</source>
        <translation>Text mit zu wenig Kontrast; der schwächste hat %1 : 1.</translation>
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
    <message numerus="yes">
        <source>%n more findings of this kind are left out.</source>
        <translation>
            <numerusform>%n weiterer Befund dieser Art ist weggelassen.</numerusform>
            <numerusform>%n weitere Befunde dieser Art sind weggelassen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::CustomCall</name>
    <message>
        <source>there is no picture at %1</source>
        <translation>bei %1 ist kein Bild</translation>
    </message>
    <message>
        <source>%1 answers.</source>
        <translation>%1 antwortet.</translation>
    </message>
</context>
<context>
    <name>Galley::CutoutLibrary</name>
    <message>
        <source>The clip-art pack in %1 cannot be read. Install Galley again, or run packaging/run.sh.</source>
        <translation>Die Sammlung der Klippbilder in %1 kann nicht gelesen werden. Installieren Sie Galley neu, oder führen Sie packaging/run.sh aus.</translation>
    </message>
    <message>
        <source>%1 is not the index of a clip-art pack of format 2. Install Galley again.</source>
        <translation>%1 ist nicht das Verzeichnis einer Klippbild-Sammlung der Form 2. Installieren Sie Galley neu.</translation>
    </message>
    <message>
        <source>%1 has no column &quot;%2&quot;. Install Galley again.</source>
        <translation>%1 fehlt die Spalte „%2“. Installieren Sie Galley neu.</translation>
    </message>
    <message>
        <source>%1: item %2 is damaged. Install Galley again.</source>
        <translation>%1: Eintrag %2 ist beschädigt. Installieren Sie Galley neu.</translation>
    </message>
    <message>
        <source>%1 has %2 bytes of pictures where the index beside it has %3. Install Galley again.</source>
        <translation>%1 hat %2 Bytes an Bildern, das Verzeichnis daneben nennt %3. Installieren Sie Galley neu.</translation>
    </message>
</context>
<context>
    <name>Galley::Database</name>
    <message>
        <source>The library %1 is locked by another program. Close what has it open, then try again.</source>
        <translation>Die Bibliothek %1 ist von einem anderen Programm gesperrt. Schließen Sie es, dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The disk that holds the library %1 is full. Free some space, then try again.</source>
        <translation>Der Datenträger mit der Bibliothek %1 ist voll. Schaffen Sie Platz, dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The library %1 was written by a newer Galley. It can be looked at but nothing can be stored; install that version to go on.</source>
        <translation>Die Bibliothek %1 stammt von einem neueren Galley. Sie lässt sich ansehen, aber nichts speichern; installieren Sie jene Version, um weiterzuarbeiten.</translation>
    </message>
    <message>
        <source>The library %1 is damaged and cannot be moved aside. Check the folder&apos;s permissions.</source>
        <translation>Die Bibliothek %1 ist beschädigt und kann nicht beiseitegelegt werden. Prüfen Sie die Rechte des Ordners.</translation>
    </message>
    <message>
        <source>The library %1 was deleted or replaced while Galley was running. It goes on with what lies there now.</source>
        <translation>Die Bibliothek %1 wurde gelöscht oder ersetzt, während Galley lief. Es geht mit dem weiter, was jetzt dort liegt.</translation>
    </message>
    <message>
        <source>The library %1 was deleted while Galley was running, and a new one has begun: %2</source>
        <translation>Die Bibliothek %1 wurde gelöscht, während Galley lief; eine neue hat begonnen: %2</translation>
    </message>
    <message>
        <source>The library %1 cannot be written. Check the folder&apos;s permissions and the disk.</source>
        <translation>Die Bibliothek %1 kann nicht geschrieben werden. Prüfen Sie die Rechte des Ordners und den Datenträger.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be written.</source>
        <translation>Der Ordner %1 kann nicht beschrieben werden.</translation>
    </message>
    <message>
        <source>Check its permissions, so that a library can begin there.</source>
        <translation>Prüfen Sie seine Rechte, damit dort eine Bibliothek beginnen kann.</translation>
    </message>
    <message>
        <source>Its library has to be brought up to date first: check the folder&apos;s permissions.</source>
        <translation>Seine Bibliothek muss erst auf den neuen Stand gebracht werden: Prüfen Sie die Rechte des Ordners.</translation>
    </message>
    <message>
        <source>The library can be looked at but nothing can be stored; check the folder&apos;s permissions.</source>
        <translation>Die Bibliothek kann angesehen, aber nichts kann gespeichert werden; prüfen Sie die Rechte des Ordners.</translation>
    </message>
    <message>
        <source>The file %1 is in the way and cannot be renamed. Check the folder&apos;s permissions.</source>
        <translation>Die Datei %1 ist im Weg und kann nicht umbenannt werden. Prüfen Sie die Rechte des Ordners.</translation>
    </message>
    <message>
        <source>The library %1 cannot be used: %2. Check the folder&apos;s permissions, and whether its disk works and has some space left.</source>
        <translation>Die Bibliothek %1 kann nicht benutzt werden: %2. Prüfen Sie die Rechte des Ordners und ob der Datenträger arbeitet und noch Platz hat.</translation>
    </message>
    <message>
        <source>The folder %1 for the library cannot be made. Free some space or check the permissions of the folder above it.</source>
        <translation>Der Ordner %1 für die Bibliothek kann nicht angelegt werden. Schaffen Sie Platz oder prüfen Sie die Rechte des Ordners darüber.</translation>
    </message>
    <message>
        <source>The library %1 is damaged. Repair it, in the menu of the library or with &quot;galley library repair&quot;: whatever can still be read is brought back, and the pictures&apos; own files are not touched.</source>
        <translation>Die Bibliothek %1 ist beschädigt. Reparieren Sie sie, im Menü der Bibliothek oder mit „galley library repair“: Was noch lesbar ist, kommt zurück, und die Dateien der Bilder bleiben unberührt.</translation>
    </message>
    <message>
        <source>The library was damaged. It is kept as %1, and a new one has begun; the pictures&apos; own files are all still there. Repair, in the menu of the library, brings back what can still be read.</source>
        <translation>Die Bibliothek war beschädigt. Sie liegt nun als %1 da, und eine neue ist angefangen; die Dateien der Bilder sind alle noch da. „Reparieren“, im Menü der Bibliothek, bringt zurück, was noch lesbar ist.</translation>
    </message>
</context>
<context>
    <name>Galley::DaysPopup</name>
    <message>
        <source>Made between</source>
        <translation>Entstanden zwischen</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Erster Tag</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
</context>
<context>
    <name>Galley::Decider</name>
    <message>
        <source>%1 was asked for.</source>
        <translation>Gewünscht war %1.</translation>
    </message>
    <message>
        <source>No rule names a model for this; the default for the tier &quot;%1&quot; is %2.</source>
        <translation>Keine Regel nennt hierfür ein Modell; die Vorgabe für die Stufe „%1“ ist %2.</translation>
    </message>
    <message>
        <source>%1 is %2 (%3 %4)</source>
        <translation>%1 ist %2 (%3 %4)</translation>
    </message>
    <message>
        <source>the prompt has &quot;%1&quot;</source>
        <translation>der Prompt enthält „%1“</translation>
    </message>
    <message>
        <source>%1 is %2</source>
        <translation>%1 ist %2</translation>
    </message>
    <message>
        <source>Rule &quot;%1&quot; (%2) matches everything.</source>
        <translation>Die Regel „%1“ (%2) trifft auf alles zu.</translation>
    </message>
    <message>
        <source>Rule &quot;%1&quot; (%2) matches: %3.</source>
        <translation>Die Regel „%1“ (%2) trifft zu: %3.</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>The rule &quot;%1&quot; names no model that there is now. Look into routes.yaml and models.yaml.</source>
        <translation>Die Regel „%1“ nennt kein Modell, das es jetzt gibt. Sehen Sie in routes.yaml und models.yaml nach.</translation>
    </message>
    <message>
        <source>It names %1.</source>
        <translation>Sie nennt %1.</translation>
    </message>
    <message>
        <source>Cohort %1 goes to %2, which has %3 of %4 parts.</source>
        <translation>Kohorte %1 geht an %2 mit %3 von %4 Teilen.</translation>
    </message>
    <message>
        <source>%1 renders it too, for comparison only (shadow of %2 % of the cohorts).</source>
        <translation>%1 rendert es auch, nur zum Vergleich (Schatten von %2 % der Kohorten).</translation>
    </message>
    <message>
        <source>The project is among the %1 % of the cohorts that try %2.</source>
        <translation>Das Projekt gehört zu den %1 % der Kohorten, die %2 ausprobieren.</translation>
    </message>
    <message>
        <source>%1 takes %2 ms (p95) at present, and above %3 ms requests go to %4.</source>
        <translation>%1 braucht derzeit %2 ms (p95), und über %3 ms gehen Anfragen an %4.</translation>
    </message>
    <message>
        <source>%1 waits until the network is switched on again.</source>
        <translation>%1 wartet, bis das Netz wieder eingeschaltet ist.</translation>
    </message>
    <message>
        <source>%1 waits until there is a key for %2. Enter it in the settings.</source>
        <translation>%1 wartet, bis es einen Schlüssel für %2 gibt. Geben Sie ihn in den Einstellungen ein.</translation>
    </message>
    <message>
        <source>%1 cannot be taken now, so it goes to %2.</source>
        <translation>%1 ist jetzt nicht verfügbar, darum geht es an %2.</translation>
    </message>
    <message>
        <source>Nothing that the rule names can be taken now, so the request waits for %1.</source>
        <translation>Nichts, was die Regel nennt, ist jetzt verfügbar, darum wartet die Anfrage auf %1.</translation>
    </message>
    <message>
        <source>%1 stands for %2.</source>
        <translation>%1 steht für %2.</translation>
    </message>
    <message>
        <source>%1 is not sent: the rule &quot;%2&quot; may spend %3 USD a day, %4 USD are spent or reserved today and this costs %5 USD.</source>
        <translation>%1 wird nicht gesendet: Die Regel „%2“ darf am Tag %3 USD ausgeben, heute sind %4 USD ausgegeben oder vorgemerkt, und dies kostet %5 USD.</translation>
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
    <name>Galley::DetailsPanel</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n weiteres</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Provenance</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Details of the chosen pictures</source>
        <translation>Einzelheiten der gewählten Bilder</translation>
    </message>
    <message>
        <source>Why This Model?</source>
        <translation>Warum dieses Modell?</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>Copy the provenance as text</source>
        <translation>Die Herkunft als Text kopieren</translation>
    </message>
    <message>
        <source>The provenance is on the clipboard.</source>
        <translation>Die Herkunft ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Asked for, chosen by the rules, used by the service; each once where they are the same</source>
        <translation>Verlangt, von den Regeln gewählt, vom Dienst verwendet; einmal genannt, wo sie gleich sind</translation>
    </message>
    <message>
        <source>Its file is missing or has been altered since it was accepted, so that only the thumbnail is shown. Library › Verify says more.</source>
        <translation>Die Datei fehlt oder wurde seit der Annahme verändert; darum wird nur das Vorschaubild gezeigt. Bibliothek › Prüfen sagt mehr.</translation>
    </message>
    <message>
        <source>Its model was taken back: %1.</source>
        <translation>Das Modell wurde zurückgenommen: %1.</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Fassung</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Cohort</source>
        <translation>Kohorte</translation>
    </message>
    <message>
        <source>%1 of 9999 (%2)</source>
        <translation>%1 von 9999 (%2)</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>the service did not say</source>
        <translation>vom Dienst nicht gesagt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>%1 × %2, %3</source>
        <translation>%1 × %2, %3</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Entstanden</translation>
    </message>
    <message>
        <source>In the bin since</source>
        <translation>Im Papierkorb seit</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>Nichts gewählt</translation>
    </message>
    <message>
        <source>Choose a picture to see how it came to be.</source>
        <translation>Wählen Sie ein Bild, um zu sehen, wie es entstanden ist.</translation>
    </message>
    <message>
        <source>Of the %1 that are at hand:</source>
        <translation>Von den %1 vorliegenden:</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message numerus="yes">
        <source>%1, and %n of unknown price</source>
        <translation>
            <numerusform>%1, dazu %n mit unbekanntem Preis</numerusform>
            <numerusform>%1, dazu %n mit unbekanntem Preis</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Nothing is recorded about the decision.</source>
        <translation>Zur Entscheidung ist nichts verzeichnet.</translation>
    </message>
    <message>
        <source>No times are recorded.</source>
        <translation>Es sind keine Zeiten verzeichnet.</translation>
    </message>
    <message>
        <source>No scores yet.</source>
        <translation>Noch keine Werte.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>from cache</source>
        <translation>aus dem Zwischenspeicher</translation>
    </message>
    <message>
        <source>The same request had been rendered before: this picture came out of the cache of renders, and nothing was sent.</source>
        <translation>Dieselbe Anfrage war schon einmal gerendert worden: Dieses Bild kommt aus dem Zwischenspeicher, und nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>Render Anew …</source>
        <translation>Neu rendern …</translation>
    </message>
    <message>
        <source>Send the same request again instead of taking it from the cache. The price comes first.</source>
        <translation>Dieselbe Anfrage noch einmal senden, statt sie aus dem Zwischenspeicher zu nehmen. Zuerst kommt der Preis.</translation>
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
    <name>Galley::DraftKeeper</name>
    <message>
        <source>The preview is pinned, but its picture is not in the library: %1</source>
        <translation>Die Vorschau ist angeheftet, aber ihr Bild ist nicht in der Bibliothek: %1</translation>
    </message>
    <message>
        <source>The picture of this preview is in the library already.</source>
        <translation>Das Bild dieser Vorschau ist schon in der Bibliothek.</translation>
    </message>
    <message>
        <source>The picture of the pinned preview is in the library now, with everything that says how it was made.</source>
        <translation>Das Bild der angehefteten Vorschau ist jetzt in der Bibliothek, mit allem, was sagt, wie es entstand.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>The preview is unpinned, and its picture is in the bin of the library.</source>
        <translation>Die Vorschau ist abgelöst, und ihr Bild liegt im Papierkorb der Bibliothek.</translation>
    </message>
    <message>
        <source>The file was saved, but the draft is not in the library: %1</source>
        <translation>Die Datei ist gespeichert, aber der Entwurf ist nicht in der Bibliothek: %1</translation>
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
    <message>
        <source>clip art</source>
        <translation>Klippbild</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Row %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>from the cache</source>
        <translation>aus dem Zwischenspeicher</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message numerus="yes">
        <source>Seed %1, %n steps</source>
        <translation>
            <numerusform>Startwert %1, %n Schritt</numerusform>
            <numerusform>Startwert %1, %n Schritte</numerusform>
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
    <message>
        <source>Steps: Automatic</source>
        <translation>Schritte: automatisch</translation>
    </message>
    <message>
        <source>%1 (auto)</source>
        <translation>%1 (automatisch)</translation>
    </message>
    <message>
        <source>Steps of the draft model: %1</source>
        <translation>Schritte des Entwurfsmodells: %1</translation>
    </message>
    <message>
        <source>As many steps as this model was made for</source>
        <translation>So viele Schritte, wie für dieses Modell gedacht sind</translation>
    </message>
    <message>
        <source>%1 – on this machine, free</source>
        <translation>%1 – auf diesem Rechner, kostenlos</translation>
    </message>
    <message>
        <source>Made for %1; more are slower</source>
        <translation>Gemacht für %1; mehr sind langsamer</translation>
    </message>
    <message>
        <source>As many steps as this machine draws in a tenth of a second, at most what the model was made for: %1</source>
        <translation>So viele Schritte, wie dieser Rechner in einer Zehntelsekunde zeichnet, höchstens die, für die das Modell gemacht ist: %1</translation>
    </message>
    <message>
        <source>Faster and softer</source>
        <translation>Schneller und weicher</translation>
    </message>
    <message>
        <source>Slower and no better: this model was made for %1</source>
        <translation>Langsamer und nicht besser: Dieses Modell ist für %1 gemacht</translation>
    </message>
    <message>
        <source>The same seed gives the same picture; 0 is a seed too.</source>
        <translation>Derselbe Startwert gibt dasselbe Bild; auch 0 ist ein Startwert.</translation>
    </message>
</context>
<context>
    <name>Galley::DraftWork</name>
    <message>
        <source>Drawing was stopped. “Try Again” goes on.</source>
        <translation>Das Zeichnen wurde angehalten. „Noch einmal versuchen“ macht weiter.</translation>
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
    <name>Galley::Drift</name>
    <message numerus="yes">
        <source>The final differs from the draft you approved in %n place(s): %1</source>
        <translation>
            <numerusform>Das Final weicht an %n Stelle von dem Entwurf ab, den Sie freigegeben haben: %1</numerusform>
            <numerusform>Das Final weicht an %n Stellen von dem Entwurf ab, den Sie freigegeben haben: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The final differs from a draft of it that was drawn anew in %n place(s): %1</source>
        <translation>
            <numerusform>Das Final weicht an %n Stelle von einem neu gezeichneten Entwurf ab: %1</numerusform>
            <numerusform>Das Final weicht an %n Stellen von einem neu gezeichneten Entwurf ab: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::DryRunPanel</name>
    <message>
        <source>Fidelity to try</source>
        <translation>Stufe zum Ausprobieren</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Mid</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>Final</translation>
    </message>
    <message>
        <source>Requests that would change model</source>
        <translation>Anfragen, die das Modell wechseln würden</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Last 100 Requests</source>
        <translation>Letzte 100 Anfragen</translation>
    </message>
    <message>
        <source>Skipped: %1</source>
        <translation>Übergangen: %1</translation>
    </message>
    <message>
        <source>If it fails: %1</source>
        <translation>Falls es fehlschlägt: %1</translation>
    </message>
    <message>
        <source>%1 renders too, for comparison only.</source>
        <translation>%1 rendert auch, nur zum Vergleich.</translation>
    </message>
    <message>
        <source>Cohort %1 of 10,000.</source>
        <translation>Kohorte %1 von 10.000.</translation>
    </message>
    <message>
        <source>%1 → ?</source>
        <translation>%1 → ?</translation>
    </message>
    <message>
        <source>The text has errors. The rules in force stay until they are corrected.</source>
        <translation>Der Text hat Fehler. Die geltenden Regeln bleiben, bis sie berichtigt sind.</translation>
    </message>
    <message>
        <source>%1 → no model</source>
        <translation>%1 → kein Modell</translation>
    </message>
    <message>
        <source>Rule: %1</source>
        <translation>Regel: %1</translation>
    </message>
    <message>
        <source>The same model as by the rules in force.</source>
        <translation>Dasselbe Modell wie nach den geltenden Regeln.</translation>
    </message>
    <message>
        <source>By the rules in force it is %1.</source>
        <translation>Nach den geltenden Regeln ist es %1.</translation>
    </message>
    <message>
        <source>The text has errors.</source>
        <translation>Der Text hat Fehler.</translation>
    </message>
    <message>
        <source>Nothing has been rendered by rules yet. Requests are listed here once there are some.</source>
        <translation>Noch ist nichts nach Regeln gerendert worden. Anfragen stehen hier, sobald es welche gibt.</translation>
    </message>
    <message numerus="yes">
        <source>None of the last %n requests would change model.</source>
        <translation>
            <numerusform>Die letzte %n Anfrage würde das Modell nicht wechseln.</numerusform>
            <numerusform>Keine der letzten %n Anfragen würde das Modell wechseln.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of the last %n requests would change model:</source>
        <translation>
            <numerusform>Von der letzten %n Anfrage würde %1 das Modell wechseln:</numerusform>
            <numerusform>%1 der letzten %n Anfragen würden das Modell wechseln:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::EntryReader</name>
    <message>
        <source>Rule %1</source>
        <translation>Regel %1</translation>
    </message>
    <message>
        <source>Begin it with &quot;match:&quot;.</source>
        <translation>Beginnen Sie sie mit „match:“.</translation>
    </message>
    <message>
        <source>%1 must be a map.</source>
        <translation>%1 muss eine Zuordnung sein.</translation>
    </message>
    <message>
        <source>A model is missing here.</source>
        <translation>Hier fehlt ein Modell.</translation>
    </message>
    <message>
        <source>Add &quot;model:&quot; with an id or alias from &quot;galley models&quot;.</source>
        <translation>Ergänzen Sie „model:“ mit einer Kennung oder einem anderen Namen aus „galley models“.</translation>
    </message>
    <message>
        <source>There is no model &quot;%1&quot;.</source>
        <translation>Es gibt kein Modell „%1“.</translation>
    </message>
    <message>
        <source>The weight &quot;%1&quot; is not possible.</source>
        <translation>Das Gewicht „%1“ ist nicht möglich.</translation>
    </message>
    <message>
        <source>Write a number from 0 to %1, without quotes or a percent sign.</source>
        <translation>Schreiben Sie eine Zahl von 0 bis %1, ohne Anführungszeichen oder Prozentzeichen.</translation>
    </message>
    <message>
        <source>The name of a rule must be a text of one line, at most %1 characters.</source>
        <translation>Der Name einer Regel muss ein einzeiliger Text sein, höchstens %1 Zeichen lang.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be the name of a rule: decisions without a rule carry it.</source>
        <translation>„%1“ kann nicht der Name einer Regel sein: So heißen Entscheidungen ohne Regel.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>A note must be a text of at most %1 characters.</source>
        <translation>Eine Notiz muss ein Text mit höchstens %1 Zeichen sein.</translation>
    </message>
    <message>
        <source>&quot;match&quot; must be a text or a list of texts.</source>
        <translation>„match“ muss ein Text oder eine Liste von Texten sein.</translation>
    </message>
    <message>
        <source>Write it as &quot;intent:poster&quot;.</source>
        <translation>Schreiben Sie es als &quot;intent:poster&quot;.</translation>
    </message>
    <message>
        <source>Write it as &quot;%1:%2&quot;.</source>
        <translation>Schreiben Sie es als &quot;%1:%2&quot;.</translation>
    </message>
    <message>
        <source>&quot;match&quot; must hold 1 to %1 conditions.</source>
        <translation>„match“ muss 1 bis %1 Bedingungen enthalten.</translation>
    </message>
    <message>
        <source>Leave it out to match everything.</source>
        <translation>Lassen Sie es weg, damit die Regel auf alles zutrifft.</translation>
    </message>
    <message>
        <source>A condition must be a text.</source>
        <translation>Eine Bedingung muss ein Text sein.</translation>
    </message>
    <message>
        <source>Write it in quotes, as &quot;intent:poster&quot;.</source>
        <translation>Schreiben Sie sie in Anführungszeichen, als &quot;intent:poster&quot;.</translation>
    </message>
    <message>
        <source>A rule has either &quot;model&quot; (and &quot;weight&quot;) or &quot;split&quot;, not both.</source>
        <translation>Eine Regel hat entweder „model“ (und „weight“) oder „split“, nicht beides.</translation>
    </message>
    <message>
        <source>Move the model into the split.</source>
        <translation>Verschieben Sie das Modell in „split“.</translation>
    </message>
    <message>
        <source>&quot;split&quot; must be a list of 1 to %1 models.</source>
        <translation>„split“ muss eine Liste mit 1 bis %1 Modellen sein.</translation>
    </message>
    <message>
        <source>Write it as [{model: ideogram-4, weight: 70}, {model: gpt-image, weight: 30}].</source>
        <translation>Schreiben Sie es als [{model: ideogram-4, weight: 70}, {model: gpt-image, weight: 30}].</translation>
    </message>
    <message>
        <source>Each part of a split</source>
        <translation>Jeder Teil von „split“</translation>
    </message>
    <message>
        <source>Write it as {model: ideogram-4, weight: 70}.</source>
        <translation>Schreiben Sie es als {model: ideogram-4, weight: 70}.</translation>
    </message>
    <message>
        <source>&quot;fallback&quot; must be a list of at most %1 steps.</source>
        <translation>„fallback“ muss eine Liste mit höchstens %1 Schritten sein.</translation>
    </message>
    <message>
        <source>Write it as [{on: [busy, offline], model: sd-medium}].</source>
        <translation>Schreiben Sie es als [{on: [busy, offline], model: sd-medium}].</translation>
    </message>
    <message>
        <source>Each step of &quot;fallback&quot;</source>
        <translation>Jeder Schritt von „fallback“</translation>
    </message>
    <message>
        <source>Write it as {on: [busy, offline], model: sd-medium}.</source>
        <translation>Schreiben Sie es als {on: [busy, offline], model: sd-medium}.</translation>
    </message>
    <message>
        <source>&quot;on&quot; must name at least one class of failures.</source>
        <translation>„on“ muss mindestens eine Art von Fehlschlag nennen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no class of failures.</source>
        <translation>„%1“ ist keine Art von Fehlschlag.</translation>
    </message>
    <message>
        <source>This must be true or false.</source>
        <translation>Das muss true oder false sein.</translation>
    </message>
    <message>
        <source>This must be a whole number from %1 to %2.</source>
        <translation>Das muss eine ganze Zahl von %1 bis %2 sein.</translation>
    </message>
    <message>
        <source>Write it as {queue: 8, p95_ms: 8000, model: ideogram-2-turbo}.</source>
        <translation>Schreiben Sie es als {queue: 8, p95_ms: 8000, model: ideogram-2-turbo}.</translation>
    </message>
    <message>
        <source>&quot;burst&quot;</source>
        <translation>„burst“</translation>
    </message>
    <message>
        <source>&quot;burst&quot; says neither how long the queue may be nor how slow the model.</source>
        <translation>„burst“ sagt weder, wie lang die Schlange sein darf, noch wie langsam das Modell.</translation>
    </message>
    <message>
        <source>Write it as {per_day_usd: 20}.</source>
        <translation>Schreiben Sie es als {per_day_usd: 20}.</translation>
    </message>
    <message>
        <source>&quot;budget&quot;</source>
        <translation>„budget“</translation>
    </message>
    <message>
        <source>The budget of a rule must be a number of US dollars above 0.</source>
        <translation>Das Budget einer Regel muss eine Zahl in US-Dollar über 0 sein.</translation>
    </message>
    <message>
        <source>&quot;canary&quot;</source>
        <translation>„canary“</translation>
    </message>
    <message>
        <source>Write it as {model: ideogram-4.5, steps: [5, 10, 25, 50, 100]}.</source>
        <translation>Schreiben Sie es als {model: ideogram-4.5, steps: [5, 10, 25, 50, 100]}.</translation>
    </message>
    <message>
        <source>&quot;promote&quot; must be ask (a person does it) or auto.</source>
        <translation>„promote“ muss ask (ein Mensch tut es) oder auto sein.</translation>
    </message>
    <message>
        <source>Write rising percentages, such as [5, 10, 25, 50, 100].</source>
        <translation>Schreiben Sie steigende Prozentzahlen, etwa [5, 10, 25, 50, 100].</translation>
    </message>
    <message>
        <source>&quot;steps&quot; must be a list of 1 to %1 percentages.</source>
        <translation>„steps“ muss eine Liste von 1 bis %1 Prozentzahlen sein.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no percentage above 0 and up to 100.</source>
        <translation>„%1“ ist keine Prozentzahl über 0 und bis 100.</translation>
    </message>
    <message>
        <source>The step %1 does not rise above %2.</source>
        <translation>Der Schritt %1 liegt nicht über %2.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no duration of at most 365 days.</source>
        <translation>„%1“ ist keine Dauer von höchstens 365 Tagen.</translation>
    </message>
    <message>
        <source>Write it with its unit, such as 30s, 90m, 24h or 7d.</source>
        <translation>Schreiben Sie die Einheit dazu, etwa 30s, 90m, 24h oder 7d.</translation>
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
</context>
<context>
    <name>Galley::Failure</name>
    <message>
        <source>%1 refused the request for reasons of safety: %2 Change the words or the picture.</source>
        <translation>%1 hat die Anfrage aus Sicherheitsgründen verweigert: %2 Ändern Sie die Worte oder das Bild.</translation>
    </message>
    <message>
        <source>The account at %1 has nothing left to spend: %2 Top it up there.</source>
        <translation>Das Konto bei %1 ist leer: %2 Laden Sie es dort auf.</translation>
    </message>
    <message>
        <source>%1 does not have this model any more: %2 Choose another model.</source>
        <translation>%1 hat dieses Modell nicht mehr: %2 Wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>%1 sends requests on to another address (status %3). Check the address of the backend. %2</source>
        <translation>%1 schickt Anfragen an eine andere Adresse weiter (Status %3). Prüfen Sie die Adresse des Dienstes. %2</translation>
    </message>
    <message>
        <source>%1 does not accept the key (status %3): %2 Replace it under &quot;Services and Keys&quot;.</source>
        <translation>%1 nimmt den Schlüssel nicht an (Status %3): %2 Ersetzen Sie ihn unter Dienste und Schlüssel.</translation>
    </message>
    <message>
        <source>%1 does not allow this with the key that it was given (status %3): %2 Check the key under &quot;Services and Keys&quot; and the rights of its account.</source>
        <translation>%1 erlaubt dies mit diesem Schlüssel nicht (Status %3): %2 Prüfen Sie den Schlüssel unter Dienste und Schlüssel und die Rechte seines Kontos.</translation>
    </message>
    <message>
        <source>%1 does not know this address (status %3): %2 Check the address and kind of the backend in models.yaml.</source>
        <translation>%1 kennt diese Adresse nicht (Status %3): %2 Prüfen Sie Adresse und Art des Dienstes in models.yaml.</translation>
    </message>
    <message>
        <source>The proxy on the way to %1 asks for a password (status %3): %2 Give it in the network settings.</source>
        <translation>Der Proxy auf dem Weg zu %1 verlangt ein Passwort (Status %3): %2 Geben Sie es in den Netzeinstellungen an.</translation>
    </message>
    <message>
        <source>%1 gave up waiting (status %3): %2 The request may have been carried out: look at the list of requests there before you send it again.</source>
        <translation>%1 hat das Warten aufgegeben (Status %3): %2 Die Anfrage kann ausgeführt worden sein: Sehen Sie dort in der Liste der Anfragen nach, bevor Sie sie noch einmal senden.</translation>
    </message>
    <message>
        <source>The request is too large for %1 (status %3): %2 Send a smaller picture or fewer words.</source>
        <translation>Die Anfrage ist zu groß für %1 (Status %3): %2 Senden Sie ein kleineres Bild oder weniger Worte.</translation>
    </message>
    <message>
        <source>%1 takes no more requests at the moment (status %3): %2 It is asked again later.</source>
        <translation>%1 nimmt im Augenblick keine Anfragen mehr an (Status %3): %2 Es wird später wieder gefragt.</translation>
    </message>
    <message>
        <source>%1 rejected the request (status %3): %2 Change what it names and send it again.</source>
        <translation>%1 hat die Anfrage abgelehnt (Status %3): %2 Ändern Sie, was genannt ist, und senden Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>%1 failed while it had the request (status %3): %2 The request may have been carried out: look at the list of requests there before you send it again.</source>
        <translation>%1 ist gescheitert, während es die Anfrage hatte (Status %3): %2 Die Anfrage kann ausgeführt worden sein: Sehen Sie dort in der Liste der Anfragen nach, bevor Sie sie noch einmal senden.</translation>
    </message>
    <message>
        <source>%1 is not ready (status %3): %2 It is asked again later.</source>
        <translation>%1 ist nicht bereit (Status %3): %2 Es wird später wieder gefragt.</translation>
    </message>
    <message>
        <source>%1 answered with the unexpected status %3: %2 The request may have been carried out: look at the list of requests there before you send it again.</source>
        <translation>%1 hat mit dem unerwarteten Status %3 geantwortet: %2 Die Anfrage kann ausgeführt worden sein: Sehen Sie dort in der Liste der Anfragen nach, bevor Sie sie noch einmal senden.</translation>
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
    <name>Galley::FilterBar</name>
    <message>
        <source>Filters that are set</source>
        <translation>Gesetzte Filter</translation>
    </message>
    <message>
        <source>Clear All</source>
        <translation>Alle aufheben</translation>
    </message>
    <message>
        <source>Filter by %1</source>
        <translation>Nach %1 filtern</translation>
    </message>
    <message>
        <source>Search prompts, templates, tags and notes</source>
        <translation>Prompts, Vorlagen, Schlagwörter und Notizen durchsuchen</translation>
    </message>
    <message>
        <source>Search the library</source>
        <translation>Die Bibliothek durchsuchen</translation>
    </message>
    <message>
        <source>All words must be there, as beginnings of words. “…” is a phrase, -word must not be there.</source>
        <translation>Alle Wörter müssen vorkommen, als Wortanfänge. „…“ ist eine Wendung, -wort darf nicht vorkommen.</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>More filters</source>
        <translation>Weitere Filter</translation>
    </message>
    <message>
        <source>More filters; all that are set must hold</source>
        <translation>Weitere Filter; alle gesetzten müssen zutreffen</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Order of the pictures</source>
        <translation>Reihenfolge der Bilder</translation>
    </message>
    <message>
        <source>Take all filters away</source>
        <translation>Alle Filter wegnehmen</translation>
    </message>
    <message>
        <source>They wait, so that nothing moves while you look at others.</source>
        <translation>Sie warten, damit sich nichts bewegt, während Sie andere ansehen.</translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation>Größe der Bilder</translation>
    </message>
    <message>
        <source>Size of the pictures (Ctrl+wheel)</source>
        <translation>Größe der Bilder (Strg+Mausrad)</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
    <message numerus="yes">
        <source>%n stars or more</source>
        <translation>
            <numerusform>%n Stern oder mehr</numerusform>
            <numerusform>%n Sterne oder mehr</numerusform>
        </translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Last 7 Days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Last 30 Days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>Between …</source>
        <translation>Zwischen …</translation>
    </message>
    <message>
        <source>%1 …</source>
        <translation>%1 …</translation>
    </message>
    <message>
        <source>Damaged Only</source>
        <translation>Nur beschädigte</translation>
    </message>
    <message>
        <source>What Is in the Bin (%1)</source>
        <translation>Inhalt des Papierkorbs (%1)</translation>
    </message>
    <message>
        <source>Cost in US dollars</source>
        <translation>Kosten in US-Dollar</translation>
    </message>
    <message>
        <source>%1 of %2 chosen</source>
        <translation>%1 von %2 gewählt</translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n neues</numerusform>
            <numerusform>%n neue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::FinalJob</name>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>%1: sent to %2.</source>
        <translation>%1: an %2 gesendet.</translation>
    </message>
    <message>
        <source>%1: %2 It is tried again by itself.</source>
        <translation>%1: %2 Es wird von selbst noch einmal versucht.</translation>
    </message>
    <message>
        <source>Cancelled before it was sent.</source>
        <translation>Abgebrochen, bevor es gesendet wurde.</translation>
    </message>
    <message>
        <source>The picture may have been made and billed, so it is not asked for again. Open Galley: its queue lets you look it up, send it again or give it up.</source>
        <translation>Das Bild kann gemacht und berechnet worden sein, darum wird nicht noch einmal danach gefragt. Öffnen Sie Galley: In der Warteschlange können Sie nachfragen, es noch einmal senden oder aufgeben.</translation>
    </message>
    <message>
        <source>[%1/%2] %3 (%4, %5 ms)</source>
        <translation>[%1/%2] %3 (%4, %5 ms)</translation>
    </message>
    <message>
        <source>%1 had been sent and may be billed: they are not asked for again, and Galley&apos;s queue lets you decide about them.</source>
        <translation>%1 waren gesendet und können berechnet werden: Sie werden nicht noch einmal angefragt; in der Warteschlange von Galley entscheiden Sie darüber.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message numerus="yes">
        <source>Cancelled; %1 of %n pictures are finished and stay.</source>
        <translation>
            <numerusform>Abgebrochen; %1 von %n Bild ist fertig und bleibt.</numerusform>
            <numerusform>Abgebrochen; %1 von %n Bildern sind fertig und bleiben.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::FinalPane</name>
    <message>
        <source>seed not told</source>
        <translation>Startwert nicht genannt</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>Final</translation>
    </message>
    <message>
        <source>No final of this template yet.</source>
        <translation>Noch kein Final dieser Vorlage.</translation>
    </message>
    <message>
        <source>Previous Final</source>
        <translation>Voriges Final</translation>
    </message>
    <message>
        <source>Next Final</source>
        <translation>Nächstes Final</translation>
    </message>
    <message>
        <source>Show Original</source>
        <translation>Original zeigen</translation>
    </message>
    <message>
        <source>The picture as the service made it, without the text and images that Galley sets over it</source>
        <translation>Das Bild, wie der Dienst es gemacht hat, ohne die Texte und Bilder, die Galley darüber setzt</translation>
    </message>
    <message>
        <source>Copy Final</source>
        <translation>Final kopieren</translation>
    </message>
    <message>
        <source>Save Final As …</source>
        <translation>Final speichern unter …</translation>
    </message>
    <message>
        <source>Progress of the final</source>
        <translation>Fortschritt des Finals</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop waiting for this final. What the service has begun may still be billed.</source>
        <translation>Nicht länger auf dieses Final warten. Was der Dienst begonnen hat, kann trotzdem berechnet werden.</translation>
    </message>
    <message>
        <source>Show in Queue</source>
        <translation>In Warteschlange zeigen</translation>
    </message>
    <message>
        <source>Final %1 of %2</source>
        <translation>Final %1 von %2</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>Final: %1, %2</source>
        <translation>Final: %1, %2</translation>
    </message>
    <message>
        <source>Drawn text reads as asked.</source>
        <translation>Der gezeichnete Text liest sich wie gewünscht.</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>current</source>
        <translation>aktuell</translation>
    </message>
    <message>
        <source>The template was edited after this final was sent.</source>
        <translation>Die Vorlage wurde geändert, nachdem dieses Final gesendet wurde.</translation>
    </message>
    <message>
        <source>This final is of the template as it is now.</source>
        <translation>Dieses Final entspricht der Vorlage, wie sie jetzt ist.</translation>
    </message>
    <message>
        <source>Save Final</source>
        <translation>Final speichern</translation>
    </message>
    <message>
        <source>Saved %1.</source>
        <translation>%1 gespeichert.</translation>
    </message>
    <message>
        <source>The final is in the clipboard.</source>
        <translation>Das Final liegt in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Next Picture of This Final</source>
        <translation>Nächstes Bild dieses Finals</translation>
    </message>
    <message>
        <source>Previous Picture of This Final</source>
        <translation>Voriges Bild dieses Finals</translation>
    </message>
    <message>
        <source>served model not told by the service</source>
        <translation>benutztes Modell vom Dienst nicht genannt</translation>
    </message>
    <message>
        <source>Services and Keys …</source>
        <translation>Dienste und Schlüssel …</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Picture %1 of %2</source>
        <translation>Bild %1 von %2</translation>
    </message>
    <message>
        <source>Redo a Part</source>
        <translation>Teil neu zeichnen</translation>
    </message>
    <message>
        <source>Redo a Part …</source>
        <translation>Teil neu zeichnen …</translation>
    </message>
    <message>
        <source>Have one token&apos;s area of this final drawn anew and keep the rest. The price comes first.</source>
        <translation>Die Fläche eines Elements in diesem Final neu zeichnen lassen und den Rest behalten. Zuerst kommt der Preis.</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.webp *.tif *.tiff)</translation>
    </message>
    <message>
        <source>from cache</source>
        <translation>aus dem Zwischenspeicher</translation>
    </message>
    <message>
        <source>The same request had been rendered before: this picture came out of the cache of renders, and nothing was sent.</source>
        <translation>Dieselbe Anfrage war schon einmal gerendert worden: Dieses Bild kommt aus dem Zwischenspeicher, und nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>Render Anew …</source>
        <translation>Neu rendern …</translation>
    </message>
    <message>
        <source>Render Anew · %1</source>
        <translation>Neu rendern · %1</translation>
    </message>
    <message>
        <source>Leave It</source>
        <translation>Lassen</translation>
    </message>
    <message>
        <source>Galley is closing.</source>
        <translation>Galley wird geschlossen.</translation>
    </message>
    <message>
        <source>Send the same request again instead of taking it from the cache. The price comes first.</source>
        <translation>Dieselbe Anfrage noch einmal senden, statt sie aus dem Zwischenspeicher zu nehmen. Zuerst kommt der Preis.</translation>
    </message>
    <message>
        <source>Only what came out of the cache of renders can be rendered anew.</source>
        <translation>Nur was aus dem Zwischenspeicher kam, kann neu gerendert werden.</translation>
    </message>
</context>
<context>
    <name>Galley::FinalSheet</name>
    <message>
        <source>Final</source>
        <translation>Final</translation>
    </message>
    <message>
        <source>Mid</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Care</source>
        <translation>Güte</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Number of pictures</source>
        <translation>Anzahl der Bilder</translation>
    </message>
    <message>
        <source>Send the draft as start picture</source>
        <translation>Entwurf als Startbild mitsenden</translation>
    </message>
    <message>
        <source>How far the model may go from the draft</source>
        <translation>Wie weit das Modell vom Entwurf abweichen darf</translation>
    </message>
    <message>
        <source>Render Final</source>
        <translation>Final rendern</translation>
    </message>
    <message>
        <source>The best model for the purpose</source>
        <translation>Das beste Modell für den Zweck</translation>
    </message>
    <message>
        <source>A cheaper look before the final</source>
        <translation>Ein billigerer Blick vor dem Final</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The seed of the draft goes along, so that a repetition can give the same picture.</source>
        <translation>Der Startwert des Entwurfs geht mit, sodass eine Wiederholung dasselbe Bild geben kann.</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>The service takes a seed of its own.</source>
        <translation>Der Dienst nimmt einen eigenen Startwert.</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>Negativer Prompt</translation>
    </message>
    <message>
        <source>What must not be in the picture</source>
        <translation>Was nicht im Bild sein darf</translation>
    </message>
    <message>
        <source>0 % leaves the draft as it is, 100 % takes it only as a hint.</source>
        <translation>0 % lässt den Entwurf, wie er ist; 100 % nimmt ihn nur als Anhalt.</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Without</source>
        <translation>Ohne</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Freedom</source>
        <translation>Freiheit</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>As the rules say</source>
        <translation>Nach den Regeln</translation>
    </message>
    <message>
        <source>%1 (retired)</source>
        <translation>%1 (abgeschaltet)</translation>
    </message>
    <message>
        <source>As the draft: %1</source>
        <translation>Wie der Entwurf: %1</translation>
    </message>
    <message numerus="yes">
        <source>Render all %n rows</source>
        <translation>
            <numerusform>Alle %n Zeile rendern</numerusform>
            <numerusform>Alle %n Zeilen rendern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pictures</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: about %2</source>
        <translation>%1: etwa %2</translation>
    </message>
    <message>
        <source>%1: adding up …</source>
        <translation>%1: wird zusammengezählt …</translation>
    </message>
    <message numerus="yes">
        <source>%n rows cannot be sent.</source>
        <translation>
            <numerusform>%n Zeile kann nicht gesendet werden.</numerusform>
            <numerusform>%n Zeilen können nicht gesendet werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Queue It</source>
        <translation>Einreihen</translation>
    </message>
    <message>
        <source>Render All</source>
        <translation>Alle rendern</translation>
    </message>
    <message>
        <source>Render</source>
        <translation>Rendern</translation>
    </message>
    <message>
        <source>This cannot be rendered; the sentence above says why.</source>
        <translation>Das kann nicht gerendert werden; der Satz oben sagt, warum.</translation>
    </message>
    <message>
        <source>It waits in the queue until it can be sent.</source>
        <translation>Es wartet in der Warteschlange, bis es gesendet werden kann.</translation>
    </message>
    <message>
        <source>Send it</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Change the Budget …</source>
        <translation>Budget ändern …</translation>
    </message>
    <message>
        <source>Add Key …</source>
        <translation>Schlüssel hinzufügen …</translation>
    </message>
    <message>
        <source>Services and Keys …</source>
        <translation>Dienste und Schlüssel …</translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation>Es wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>Redo a Part</source>
        <translation>Teil neu zeichnen</translation>
    </message>
    <message>
        <source>The final, with the area of %1 marked</source>
        <translation>Das Final, in dem die Fläche von %1 markiert ist</translation>
    </message>
    <message>
        <source>The model begins with this final. Only the marked area of &quot;%1&quot; is drawn anew; the rest is kept.</source>
        <translation>Das Modell beginnt mit diesem Final. Nur die markierte Fläche von „%1“ wird neu gezeichnet; der Rest bleibt.</translation>
    </message>
    <message>
        <source>The model begins with this final.</source>
        <translation>Das Modell beginnt mit diesem Final.</translation>
    </message>
    <message>
        <source>more than %1</source>
        <translation>mehr als %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Neu zeichnen</translation>
    </message>
    <message>
        <source>%1 cannot begin with a picture: a whole new one would be made. Choose another model.</source>
        <translation>%1 kann nicht mit einem Bild beginnen: Es würde ein ganz neues gemacht. Wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>How closely the model keeps to the prompt</source>
        <translation>Wie eng sich das Modell an den Prompt hält</translation>
    </message>
    <message>
        <source>How closely the model keeps to the prompt: 3 is loose, 10 strict. 0 leaves it to the service.</source>
        <translation>Wie eng sich das Modell an den Prompt hält: 3 ist locker, 10 streng. 0 überlässt es dem Dienst.</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Führung</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>Rather a smaller picture than none</source>
        <translation>Lieber ein kleineres Bild als keines</translation>
    </message>
    <message>
        <source>When the memory of this machine does not suffice, the model makes a smaller picture, and it is said on the picture. Otherwise the final fails.</source>
        <translation>Reicht der Speicher dieses Rechners nicht, macht das Modell ein kleineres Bild, und am Bild steht, dass es so ist. Sonst schlägt das Finale fehl.</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
</context>
<context>
    <name>Galley::Finals</name>
    <message>
        <source>models.yaml has errors, and &quot;%1&quot; is not among what could be read of it. Correct the file; then it is sent by itself.</source>
        <translation>models.yaml enthält Fehler, und „%1“ ist nicht unter dem, was sich daraus lesen ließ. Berichtigen Sie die Datei; dann wird von selbst gesendet.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>The model &quot;%1&quot; is no longer in models.yaml.</source>
        <translation>Das Modell „%1“ steht nicht mehr in models.yaml.</translation>
    </message>
    <message>
        <source>The keychain is asked for the key of %1.</source>
        <translation>Der Schlüsselbund wird nach dem Schlüssel von %1 gefragt.</translation>
    </message>
    <message>
        <source>The draft is to be sent along, but there is none yet. Wait for it.</source>
        <translation>Der Entwurf soll mitgehen, aber es gibt noch keinen. Warten Sie auf ihn.</translation>
    </message>
    <message>
        <source>Its replacement is %1.</source>
        <translation>Der Ersatz ist %1.</translation>
    </message>
    <message>
        <source>There is no backend &quot;%1&quot; in models.yaml.</source>
        <translation>In models.yaml gibt es keinen Dienst „%1“.</translation>
    </message>
    <message>
        <source>The keychain has not been asked yet.</source>
        <translation>Der Schlüsselbund wurde noch nicht gefragt.</translation>
    </message>
    <message>
        <source>%1 is of the kind &quot;%2&quot;, which this version cannot talk to.</source>
        <translation>%1 ist von der Art „%2“, mit der diese Version nicht sprechen kann.</translation>
    </message>
    <message>
        <source>Only compared with what %1 makes of the same request (job %2), never shown as its result.</source>
        <translation>Nur verglichen mit dem, was %1 aus derselben Anfrage macht (Auftrag %2), nie als ihr Ergebnis gezeigt.</translation>
    </message>
    <message>
        <source>Picture %1 was not made by a job of the queue, so that nobody knows its request.</source>
        <translation>Bild %1 stammt aus keinem Auftrag der Warteschlange; deshalb kennt niemand seine Anfrage.</translation>
    </message>
    <message>
        <source>Nobody knows this final any more. Render it from its template.</source>
        <translation>Dieses Final kennt niemand mehr. Rendern Sie es aus seiner Vorlage.</translation>
    </message>
    <message numerus="yes">
        <source>%n renders are queued in the batch lane.</source>
        <translation>
            <numerusform>%n Rendering steht in der Stapelspur.</numerusform>
            <numerusform>%n Renderings stehen in der Stapelspur.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pictures were in the library already.</source>
        <translation>
            <numerusform>%n Bild war schon in der Bibliothek.</numerusform>
            <numerusform>%n Bilder waren schon in der Bibliothek.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pictures cannot be made again.</source>
        <translation>
            <numerusform>%n Bild kann nicht noch einmal entstehen.</numerusform>
            <numerusform>%n Bilder können nicht noch einmal entstehen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::FinalsController</name>
    <message>
        <source>Finals cannot be made in this window: the library or the network part did not start. The Issues panel says why.</source>
        <translation>In diesem Fenster sind keine Finals möglich: Bibliothek oder Netzteil sind nicht gestartet. Die Problemliste sagt, warum.</translation>
    </message>
    <message>
        <source>Render Final …</source>
        <translation>Final rendern …</translation>
    </message>
    <message>
        <source>Render All Rows …</source>
        <translation>Alle Zeilen rendern …</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Final beside the Draft</source>
        <translation>Final neben dem Entwurf</translation>
    </message>
    <message>
        <source>&amp;Services and Keys …</source>
        <translation>&amp;Dienste und Schlüssel …</translation>
    </message>
    <message>
        <source>Close Queue</source>
        <translation>Warteschlange schließen</translation>
    </message>
    <message>
        <source>Close Final</source>
        <translation>Final schließen</translation>
    </message>
    <message>
        <source>&amp;Render</source>
        <translation>&amp;Rendern</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>Final</translation>
    </message>
    <message>
        <source>Render</source>
        <translation>Rendern</translation>
    </message>
    <message numerus="yes">
        <source>%n rows are in the queue.</source>
        <translation>
            <numerusform>%n Zeile ist in der Warteschlange.</numerusform>
            <numerusform>%n Zeilen sind in der Warteschlange.</numerusform>
        </translation>
    </message>
    <message>
        <source>Render Final</source>
        <translation>Final rendern</translation>
    </message>
    <message>
        <source>Every row as a final, in the batch lane</source>
        <translation>Jede Zeile als Final, in der Spur Stapel</translation>
    </message>
    <message>
        <source>Open a CSV file first: it brings the rows.</source>
        <translation>Öffnen Sie zuerst eine CSV-Datei: Sie bringt die Zeilen.</translation>
    </message>
    <message>
        <source>Render Mid</source>
        <translation>Mittel rendern</translation>
    </message>
    <message>
        <source>%1 with %2 for %3</source>
        <translation>%1 mit %2 für %3</translation>
    </message>
    <message>
        <source>Shows the model, the rule that chose it and the price before anything is sent</source>
        <translation>Zeigt Modell, Regel und Preis, bevor etwas gesendet wird</translation>
    </message>
    <message>
        <source>No queue</source>
        <translation>Keine Warteschlange</translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n läuft</numerusform>
            <numerusform>%n laufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>%1 today</source>
        <translation>%1 heute</translation>
    </message>
    <message>
        <source>Queue: %1</source>
        <translation>Warteschlange: %1</translation>
    </message>
    <message>
        <source>Show or hide the queue</source>
        <translation>Warteschlange zeigen oder ausblenden</translation>
    </message>
    <message numerus="yes">
        <source>%n more under Services and Keys.</source>
        <translation>
            <numerusform>%n weiteres unter Dienste und Schlüssel.</numerusform>
            <numerusform>%n weitere unter Dienste und Schlüssel.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finals are being rendered.</source>
        <translation>
            <numerusform>%n Final wird gerade gerendert.</numerusform>
            <numerusform>%n Finals werden gerade gerendert.</numerusform>
        </translation>
    </message>
    <message>
        <source>They are kept. What was already sent may be carried out and billed: at the next start Galley asks the service what became of it, or asks you before anything is sent again.</source>
        <translation>Sie bleiben erhalten. Was schon gesendet ist, kann ausgeführt und berechnet werden: Beim nächsten Start fragt Galley den Dienst, was daraus wurde, oder fragt Sie, bevor etwas noch einmal gesendet wird.</translation>
    </message>
    <message numerus="yes">
        <source>%n that wait go on at the next start.</source>
        <translation>
            <numerusform>%n wartendes geht beim nächsten Start weiter.</numerusform>
            <numerusform>%n wartende gehen beim nächsten Start weiter.</numerusform>
        </translation>
    </message>
    <message>
        <source>Close Galley</source>
        <translation>Galley schließen</translation>
    </message>
    <message>
        <source>Keep It Open</source>
        <translation>Offen lassen</translation>
    </message>
    <message>
        <source>%1 with %2, %3</source>
        <translation>%1 mit %2, %3</translation>
    </message>
</context>
<context>
    <name>Galley::FindBar</name>
    <message>
        <source>Find Previous (Shift+Enter)</source>
        <translation>Vorige Stelle (Umschalt+Eingabe)</translation>
    </message>
    <message>
        <source>Find Next (Enter)</source>
        <translation>Nächste Stelle (Eingabe)</translation>
    </message>
    <message>
        <source>Close Find (Escape)</source>
        <translation>Suche schließen (Escape)</translation>
    </message>
    <message>
        <source>Find in the rules</source>
        <translation>In den Regeln suchen</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
</context>
<context>
    <name>Galley::FindingList</name>
    <message>
        <source>Problems of the rules</source>
        <translation>Mängel der Regeln</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more.</source>
        <translation>
            <numerusform>… und noch %n.</numerusform>
            <numerusform>… und noch %n.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::FindingSink</name>
    <message>
        <source>The key &quot;%1&quot; of &quot;%2&quot; is not known and has no effect.</source>
        <translation>Der Eintrag „%1“ von „%2“ ist nicht bekannt und bewirkt nichts.</translation>
    </message>
</context>
<context>
    <name>Galley::GeminiCall</name>
    <message>
        <source>%1 refused the request for reasons of safety (%2). Change the words or the picture.</source>
        <translation>%1 hat die Anfrage aus Sicherheitsgründen verweigert (%2). Ändern Sie die Worte oder das Bild.</translation>
    </message>
    <message>
        <source>there is no picture in it (%1)</source>
        <translation>darin ist kein Bild (%1)</translation>
    </message>
    <message>
        <source>it gives no reason</source>
        <translation>ohne Angabe eines Grundes</translation>
    </message>
    <message>
        <source>%1 wrote beside the picture: %2</source>
        <translation>%1 schrieb neben dem Bild: %2</translation>
    </message>
    <message>
        <source>%1 does not accept the key. Replace it under &quot;Services and Keys&quot;.</source>
        <translation>%1 nimmt den Schlüssel nicht an. Ersetzen Sie ihn unter Dienste und Schlüssel.</translation>
    </message>
    <message>
        <source>%1 answers, but not as this service does. Check the address of the backend.</source>
        <translation>%1 antwortet, aber nicht wie dieser Dienst. Prüfen Sie die Adresse des Dienstes.</translation>
    </message>
    <message numerus="yes">
        <source>%1 answers and knows %n models.</source>
        <translation>
            <numerusform>%1 antwortet und kennt %n Modell.</numerusform>
            <numerusform>%1 antwortet und kennt %n Modelle.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::HealthPanel</name>
    <message>
        <source>, %1 left</source>
        <translation>, noch %1</translation>
    </message>
    <message>
        <source>Health of the models</source>
        <translation>Zustand der Modelle</translation>
    </message>
    <message>
        <source>The rules name no model yet.</source>
        <translation>Die Regeln nennen noch kein Modell.</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Let It Go</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Take out of Routing</source>
        <translation>Aus den Regeln nehmen</translation>
    </message>
    <message>
        <source>Choose a model first.</source>
        <translation>Wählen Sie zuerst ein Modell.</translation>
    </message>
    <message>
        <source>Rules may choose %1 again.</source>
        <translation>Die Regeln dürfen %1 wieder wählen.</translation>
    </message>
    <message>
        <source>No rule chooses %1 until you let it go.</source>
        <translation>Keine Regel wählt %1, bis Sie es freigeben.</translation>
    </message>
</context>
<context>
    <name>Galley::HistoryPanel</name>
    <message>
        <source>the file was saved</source>
        <translation>die Datei wurde gespeichert</translation>
    </message>
    <message>
        <source>put in force in Galley</source>
        <translation>in Galley in Kraft gesetzt</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>Put This One Back …</source>
        <translation>Diese zurückholen …</translation>
    </message>
    <message>
        <source>What It Changed</source>
        <translation>Was sie geändert hat</translation>
    </message>
    <message>
        <source>To What Is in Force</source>
        <translation>Unterschied zu den geltenden</translation>
    </message>
    <message>
        <source>Revisions of the rules</source>
        <translation>Fassungen der Regeln</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Difference of the chosen revision</source>
        <translation>Unterschied der gewählten Fassung</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>No note</source>
        <translation>Keine Notiz</translation>
    </message>
    <message>
        <source>%1 (in force)</source>
        <translation>%1 (in Kraft)</translation>
    </message>
    <message>
        <source>This one is in force.</source>
        <translation>Diese ist in Kraft.</translation>
    </message>
    <message>
        <source>Make it the rules in force again, as a new revision.</source>
        <translation>Macht sie als neue Fassung wieder zu den geltenden Regeln.</translation>
    </message>
    <message>
        <source>No revision yet: the defaults that Galley comes with are in force.</source>
        <translation>Noch keine Fassung: Es gelten die Vorgaben, die Galley mitbringt.</translation>
    </message>
    <message>
        <source>No difference.</source>
        <translation>Kein Unterschied.</translation>
    </message>
</context>
<context>
    <name>Galley::HttpClient</name>
    <message>
        <source>The request to %1 was cancelled.</source>
        <translation>Die Anfrage an %1 wurde abgebrochen.</translation>
    </message>
    <message>
        <source>%1 is no address of a web service. It must begin with https:// and name a host.</source>
        <translation>%1 ist keine Adresse eines Webdienstes. Sie muss mit https:// beginnen und einen Rechner nennen.</translation>
    </message>
    <message>
        <source>%1 is not encrypted, so nothing was sent. Use its https:// address.</source>
        <translation>%1 ist nicht verschlüsselt, darum wurde nichts gesendet. Nehmen Sie die Adresse mit https://.</translation>
    </message>
    <message>
        <source>A link of the service leads to %1, an address inside your own network. Galley does not follow it.</source>
        <translation>Ein Link des Dienstes führt zu %1, einer Adresse in Ihrem eigenen Netz. Galley folgt ihm nicht.</translation>
    </message>
    <message>
        <source>%1 was not asked because Galley is set to work offline. Switch &quot;Work offline&quot; off in the settings.</source>
        <translation>%1 wurde nicht gefragt, weil Galley offline arbeitet. Schalten Sie „Offline arbeiten“ in den Einstellungen aus.</translation>
    </message>
</context>
<context>
    <name>Galley::HttpExchange</name>
    <message>
        <source>The address %1 was not found; nothing was sent. Check the network and the spelling of the address.</source>
        <translation>Die Adresse %1 wurde nicht gefunden; es wurde nichts gesendet. Prüfen Sie das Netz und die Schreibweise.</translation>
    </message>
    <message>
        <source>A link of the service leads to %1, an address inside your own network. Galley does not follow it.</source>
        <translation>Ein Link des Dienstes führt zu %1, einer Adresse in Ihrem eigenen Netz. Galley folgt ihm nicht.</translation>
    </message>
    <message>
        <source>The request to %1 was cancelled.</source>
        <translation>Die Anfrage an %1 wurde abgebrochen.</translation>
    </message>
    <message>
        <source>%1 is not a web service: it talks before it was asked. Check the address and the port.</source>
        <translation>%1 ist kein Webdienst: Es spricht, bevor es gefragt wurde. Prüfen Sie Adresse und Port.</translation>
    </message>
    <message>
        <source>Nothing came from %1 for %2 s. The request may have been carried out; check the service&apos;s own list of requests before trying again.</source>
        <translation>Von %1 kam %2 s lang nichts. Die Anfrage kann ausgeführt worden sein; sehen Sie in der Liste des Dienstes nach, bevor Sie es noch einmal versuchen.</translation>
    </message>
    <message>
        <source>%1 did not finish its answer within %2 s. The request may have been carried out; check the service&apos;s own list of requests before trying again.</source>
        <translation>%1 hat seine Antwort nicht in %2 s beendet. Die Anfrage kann ausgeführt worden sein; sehen Sie in der Liste des Dienstes nach, bevor Sie es noch einmal versuchen.</translation>
    </message>
    <message>
        <source>No connection to %1 within %2 s; nothing was sent. Check the network and the address.</source>
        <translation>Keine Verbindung zu %1 in %2 s; es wurde nichts gesendet. Prüfen Sie Netz und Adresse.</translation>
    </message>
    <message>
        <source>The connection to %1 broke. The request may have been carried out; check the service&apos;s own list of requests before trying again.</source>
        <translation>Die Verbindung zu %1 ist abgebrochen. Die Anfrage kann ausgeführt worden sein; sehen Sie in der Liste des Dienstes nach, bevor Sie es noch einmal versuchen.</translation>
    </message>
    <message>
        <source>%1 refuses connections; nothing was sent. Check that the service runs and that address and port are right.</source>
        <translation>%1 nimmt keine Verbindungen an; es wurde nichts gesendet. Prüfen Sie, ob der Dienst läuft und ob Adresse und Port stimmen.</translation>
    </message>
    <message>
        <source>There is no network to reach %1; nothing was sent. Connect this computer and try again.</source>
        <translation>Es gibt kein Netz, um %1 zu erreichen; es wurde nichts gesendet. Verbinden Sie diesen Rechner, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>%1 closed the connection before anything was sent. Check that the service runs and that address and port are right.</source>
        <translation>%1 hat die Verbindung geschlossen, bevor etwas gesendet wurde. Prüfen Sie, ob der Dienst läuft und ob Adresse und Port stimmen.</translation>
    </message>
</context>
<context>
    <name>Galley::IdeogramCall</name>
    <message>
        <source>The option &quot;api&quot; of the model &quot;%1&quot; must be one of legacy, v2, v3, v4 and v45; mend it in models.yaml.</source>
        <translation>Die Angabe „api“ des Modells „%1“ muss legacy, v2, v3, v4 oder v45 sein; berichtigen Sie sie in models.yaml.</translation>
    </message>
    <message>
        <source>The structured prompt</source>
        <translation>Der gegliederte Prompt</translation>
    </message>
    <message>
        <source>%1 asks for a subscription before it renders with this model. Take one there, or choose another model.</source>
        <translation>%1 verlangt ein Abonnement für dieses Modell. Schließen Sie dort eines ab, oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>The day&apos;s limit of the account at %1 is reached. Raise it there, or try again tomorrow.</source>
        <translation>Die Tagesgrenze des Kontos bei %1 ist erreicht. Heben Sie sie dort an, oder versuchen Sie es morgen wieder.</translation>
    </message>
    <message>
        <source>%1 asks for priority credits for this request. Buy some there, or choose another model.</source>
        <translation>%1 verlangt für diese Anfrage Vorrang-Credits. Kaufen Sie dort welche, oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>The account at %1 may not use this feature. Change the plan there, or choose another model.</source>
        <translation>Das Konto bei %1 darf diese Funktion nicht benutzen. Ändern Sie dort den Tarif, oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>The account at %1 has not enough credit for this picture. Top it up there, then try again.</source>
        <translation>Das Konto bei %1 hat nicht genug Guthaben für dieses Bild. Laden Sie es dort auf, dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>it does not name the job</source>
        <translation>der Auftrag ist nicht genannt</translation>
    </message>
    <message>
        <source>%1 has been working on the job %2 for too long. Look it up again later, before you send the request anew.</source>
        <translation>%1 arbeitet schon zu lange am Auftrag %2. Fragen Sie später noch einmal nach, bevor Sie die Anfrage neu senden.</translation>
    </message>
    <message>
        <source>%1 refused the picture (%2) and charges nothing. Change the words and try again.</source>
        <translation>%1 hat das Bild verweigert (%2) und berechnet nichts. Ändern Sie die Worte, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>%1 could not make the picture (%2) and charges nothing. Try again.</source>
        <translation>%1 konnte das Bild nicht machen (%2) und berechnet nichts. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>it gives no reason</source>
        <translation>ohne Angabe eines Grundes</translation>
    </message>
    <message>
        <source>it names no picture</source>
        <translation>kein Bild ist genannt</translation>
    </message>
    <message>
        <source>%1 says: %2</source>
        <translation>%1 sagt: %2</translation>
    </message>
    <message>
        <source>it gives no link to the picture</source>
        <translation>es fehlt der Link zum Bild</translation>
    </message>
    <message>
        <source>%1 changed the prompt: %2</source>
        <translation>%1 hat den Prompt geändert: %2</translation>
    </message>
    <message>
        <source>%1 made the picture, withheld it for reasons of safety, and charges for it. Change the words before you try again.</source>
        <translation>%1 hat das Bild gemacht, aus Sicherheitsgründen zurückgehalten und berechnet es. Ändern Sie die Worte, bevor Sie es noch einmal versuchen.</translation>
    </message>
    <message>
        <source>%1 has declared this way of asking out of date since %2.</source>
        <translation>%1 hat diese Art zu fragen seit %2 für veraltet erklärt.</translation>
    </message>
    <message>
        <source>%1 has declared this way of asking out of date.</source>
        <translation>%1 hat diese Art zu fragen für veraltet erklärt.</translation>
    </message>
    <message>
        <source>Its successor is %1.</source>
        <translation>Der Nachfolger ist %1.</translation>
    </message>
    <message>
        <source>%1 draws %2 pictures of this account at a time and has that many now. Galley asks again later.</source>
        <translation>%1 zeichnet für dieses Konto %2 Bilder zugleich und hat jetzt so viele. Galley fragt später wieder.</translation>
    </message>
    <message>
        <source>%1 draws no more pictures of this account at the same time. Galley asks again later.</source>
        <translation>%1 zeichnet für dieses Konto nicht mehr Bilder zugleich. Galley fragt später wieder.</translation>
    </message>
    <message>
        <source>%1 does not know the job %2 (any more). The picture may have been charged for: look at the account there before you send the request anew.</source>
        <translation>%1 kennt den Auftrag %2 nicht (mehr). Das Bild kann berechnet worden sein: Sehen Sie dort ins Konto, bevor Sie die Anfrage neu senden.</translation>
    </message>
    <message>
        <source>%1 answers and takes the key.</source>
        <translation>%1 antwortet und nimmt den Schlüssel an.</translation>
    </message>
    <message numerus="yes">
        <source>%1 withheld %2 of %n pictures for reasons of safety, and charges for them.</source>
        <translation>
            <numerusform>%1 hat %2 von %n Bild aus Sicherheitsgründen zurückgehalten und berechnet es.</numerusform>
            <numerusform>%1 hat %2 von %n Bildern aus Sicherheitsgründen zurückgehalten und berechnet sie.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::Import</name>
    <message>
        <source>Taking pictures in</source>
        <translation>Bilder werden aufgenommen</translation>
    </message>
    <message>
        <source>%1 in it is no picture of the kind that it says.</source>
        <translation>%1 darin ist kein Bild der Art, die es nennt.</translation>
    </message>
    <message>
        <source>A job of the project file</source>
        <translation>Ein Auftrag der Projektdatei</translation>
    </message>
    <message>
        <source>A job of it is missing.</source>
        <translation>Ein Auftrag darin fehlt.</translation>
    </message>
    <message>
        <source>a job in it has more pictures than one can have.</source>
        <translation>ein Auftrag darin hat mehr Bilder, als einer haben kann.</translation>
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
    <message>
        <source>Four Candidates …</source>
        <translation>Vier Vorschläge …</translation>
    </message>
    <message>
        <source>Take the draft&apos;s seed again</source>
        <translation>Wieder den Startwert des Entwurfs nehmen</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Give %2 the Draft&apos;s Seed</source>
        <translation>%2 den Startwert des Entwurfs geben</translation>
    </message>
    <message>
        <source>Draw the selected subject with four seeds and take the best one.</source>
        <translation>Das gewählte Motiv mit vier Startwerten zeichnen und das beste nehmen.</translation>
    </message>
    <message>
        <source>Own seed %1. Take the draft&apos;s seed again.</source>
        <translation>Eigener Startwert %1. Wieder den des Entwurfs nehmen.</translation>
    </message>
    <message>
        <source>This subject has a seed of its own. Press to take the draft&apos;s seed again.</source>
        <translation>Dieses Motiv hat einen eigenen Startwert. Drücken Sie hier, um wieder den des Entwurfs zu nehmen.</translation>
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
    <name>Galley::JobDetail</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Choose a render in the list to see more about it.</source>
        <translation>Wählen Sie einen Auftrag in der Liste, um mehr darüber zu sehen.</translation>
    </message>
    <message>
        <source>Services and Keys …</source>
        <translation>Dienste und Schlüssel …</translation>
    </message>
    <message>
        <source>Enter the key that is missing, or go online</source>
        <translation>Den fehlenden Schlüssel eingeben oder online gehen</translation>
    </message>
</context>
<context>
    <name>Galley::JobModel</name>
    <message numerus="yes">
        <source>%n pictures</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Preis</translation>
    </message>
</context>
<context>
    <name>Galley::JobQueue</name>
    <message>
        <source>&quot;%1&quot; is no longer in models.yaml.</source>
        <translation>„%1“ steht nicht mehr in models.yaml.</translation>
    </message>
    <message>
        <source>The queue cannot be stored: %1 It is tried again every few seconds; until then nothing of it is sent.</source>
        <translation>Die Warteschlange lässt sich nicht sichern: %1 Es wird alle paar Sekunden neu versucht; bis dahin wird nichts davon gesendet.</translation>
    </message>
    <message>
        <source>Galley ended while &quot;%1&quot; was being rendered by %2. It may have been carried out and billed: look it up, send it again or give it up.</source>
        <translation>Galley endete, während „%1“ von %2 gerendert wurde. Es kann ausgeführt und berechnet worden sein: Fragen Sie nach, senden Sie es noch einmal, oder geben Sie es auf.</translation>
    </message>
    <message>
        <source>Sent again although the first request may have been billed; its price is counted.</source>
        <translation>Noch einmal gesendet, obwohl die erste Anfrage berechnet worden sein kann; ihr Preis zählt mit.</translation>
    </message>
    <message>
        <source>Given up although the request may have been billed; its price is counted.</source>
        <translation>Aufgegeben, obwohl die Anfrage berechnet worden sein kann; ihr Preis zählt mit.</translation>
    </message>
    <message>
        <source>Cancelled before anything was sent.</source>
        <translation>Abgebrochen, bevor etwas gesendet wurde.</translation>
    </message>
    <message>
        <source>The model %1 or its backend is not in models.yaml any more. Put it back or choose another model.</source>
        <translation>Das Modell %1 oder sein Dienst steht nicht mehr in models.yaml. Tragen Sie es wieder ein, oder wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>The engine stopped while it was rendering.</source>
        <translation>Das Rendern ist mittendrin stehen geblieben.</translation>
    </message>
    <message>
        <source>The picture is here but cannot be stored. %1 Then look it up: it is not sent again.</source>
        <translation>Das Bild ist da, kann aber nicht gespeichert werden. %1 Dann fragen Sie nach: Es wird nicht noch einmal gesendet.</translation>
    </message>
    <message>
        <source>Cancelled after it had been sent; it may have been billed, so that its price is counted.</source>
        <translation>Abgebrochen, nachdem es gesendet war; es kann berechnet worden sein, darum zählt der Preis mit.</translation>
    </message>
    <message>
        <source>%1 cannot be asked what became of it: it gave the request no name. Send it again or give it up.</source>
        <translation>%1 kann nicht gefragt werden, was daraus wurde: Es hat der Anfrage keinen Namen gegeben. Senden Sie sie noch einmal, oder geben Sie sie auf.</translation>
    </message>
    <message>
        <source>It may have been carried out and billed. Looking it up failed: %1</source>
        <translation>Es kann ausgeführt und berechnet worden sein. Das Nachfragen ist gescheitert: %1</translation>
    </message>
</context>
<context>
    <name>Galley::JudgementForm</name>
    <message>
        <source>Pick</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>Schlagwort hinzufügen</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Taken over when the field is left, or with Ctrl+Enter</source>
        <translation>Wird beim Verlassen des Felds oder mit Strg+Eingabe übernommen</translation>
    </message>
    <message>
        <source>Several notes; what is written here replaces them</source>
        <translation>Mehrere Notizen; was hier steht, ersetzt sie</translation>
    </message>
</context>
<context>
    <name>Galley::KeptButton</name>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>Galley::KeyStore</name>
    <message>
        <source>The keychain is no longer asked.</source>
        <translation>Der Schlüsselbund wird nicht mehr gefragt.</translation>
    </message>
    <message>
        <source>The keychain took the key for %1 but gives back another one. Look for a second entry of that name in the keychain, remove it and enter the key again.</source>
        <translation>Der Schlüsselbund hat den Schlüssel für %1 angenommen, gibt aber einen anderen zurück. Suchen Sie dort einen zweiten Eintrag dieses Namens, entfernen Sie ihn, und geben Sie den Schlüssel noch einmal ein.</translation>
    </message>
</context>
<context>
    <name>Galley::LayoutScore</name>
    <message numerus="yes">
        <source>%n area(s) under text are busy.</source>
        <translation>
            <numerusform>%n Fläche unter Text ist unruhig.</numerusform>
            <numerusform>%n Flächen unter Text sind unruhig.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::LedgerTable</name>
    <message>
        <source>This render would cost %1, but of the %2 that the project &quot;%3&quot; may spend a day only %4 are left. Raise the budget in the settings or wait until tomorrow.</source>
        <translation>Dies würde %1 kosten, aber von den %2, die das Projekt „%3“ am Tag ausgeben darf, sind nur %4 übrig. Heben Sie das Budget in den Einstellungen an, oder warten Sie bis morgen.</translation>
    </message>
    <message>
        <source>This render would cost %1, but of the %2 that the rule &quot;%3&quot; may spend a day only %4 are left. Raise its budget in routes.yaml, name a fallback for over_budget there, or try again tomorrow.</source>
        <translation>Dieses Rendern würde %1 kosten, von den %2, die die Regel „%3“ am Tag ausgeben darf, sind aber nur noch %4 übrig. Erhöhen Sie ihr Budget in routes.yaml, nennen Sie dort einen Ersatz für over_budget, oder versuchen Sie es morgen erneut.</translation>
    </message>
</context>
<context>
    <name>Galley::Library</name>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>zurückgezogen</translation>
    </message>
    <message>
        <source>Model not known</source>
        <translation>Modell nicht bekannt</translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation>Nicht entschieden</translation>
    </message>
    <message>
        <source>Picked</source>
        <translation>Ausgewählt</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>No stars</source>
        <translation>Keine Sterne</translation>
    </message>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>%n Stern</numerusform>
            <numerusform>%n Sterne</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 pictures</source>
        <translation>
            <numerusform>%1 Bild</numerusform>
            <numerusform>%1 Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>no template</source>
        <translation>keine Vorlage</translation>
    </message>
    <message>
        <source>%1, row %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
    <message>
        <source>Tags: %1</source>
        <translation>Schlagwörter: %1</translation>
    </message>
    <message>
        <source>%1 × %2, %3</source>
        <translation>%1 × %2, %3</translation>
    </message>
    <message>
        <source>Seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>Its file is missing or has been altered. Library › Verify says more.</source>
        <translation>Die Datei fehlt oder wurde verändert. Bibliothek › Prüfen sagt mehr.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The library does not know any more what picture %1 was made from.</source>
        <translation>Die Bibliothek weiß nicht mehr, woraus Bild %1 entstanden ist.</translation>
    </message>
    <message>
        <source>A picture of the project file names no file.</source>
        <translation>Ein Bild der Projektdatei nennt keine Datei.</translation>
    </message>
    <message numerus="yes">
        <source>The library is whole: %n picture(s) have been read.</source>
        <translation>
            <numerusform>Die Bibliothek ist in Ordnung: %n Bild wurde gelesen.</numerusform>
            <numerusform>Die Bibliothek ist in Ordnung: %n Bilder wurden gelesen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Everything that was found has been mended: %n thing(s).</source>
        <translation>
            <numerusform>Alles Gefundene ist behoben: %n Sache.</numerusform>
            <numerusform>Alles Gefundene ist behoben: %n Sachen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) need attention.</source>
        <translation>
            <numerusform>Um %n Sache müssen Sie sich kümmern.</numerusform>
            <numerusform>Um %n Sachen müssen Sie sich kümmern.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) have been written to %1.</source>
        <translation>
            <numerusform>%n Bild wurde nach %1 geschrieben.</numerusform>
            <numerusform>%n Bilder wurden nach %1 geschrieben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n damaged one(s) were left out.</source>
        <translation>
            <numerusform>%n beschädigtes wurde weggelassen.</numerusform>
            <numerusform>%n beschädigte wurden weggelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) have been taken in.</source>
        <translation>
            <numerusform>%n Bild wurde aufgenommen.</numerusform>
            <numerusform>%n Bilder wurden aufgenommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were here already and stayed as they are.</source>
        <translation>
            <numerusform>%n war schon da und blieb, wie es ist.</numerusform>
            <numerusform>%n waren schon da und blieben, wie sie sind.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) that templates name by path are not in it.</source>
        <translation>
            <numerusform>%n Bild, das Vorlagen mit einem Pfad nennen, ist nicht darin.</numerusform>
            <numerusform>%n Bilder, die Vorlagen mit einem Pfad nennen, sind nicht darin.</numerusform>
        </translation>
    </message>
    <message>
        <source>No file manager answers. The file lies at %1.</source>
        <translation>Keine Dateiverwaltung antwortet. Die Datei liegt unter %1.</translation>
    </message>
    <message numerus="yes">
        <source>Of %n picture(s) in the bin nobody knows the model or the prompt any more.</source>
        <translation>
            <numerusform>Von %n Bild im Papierkorb kennt niemand mehr Modell oder Prompt.</numerusform>
            <numerusform>Von %n Bildern im Papierkorb kennt niemand mehr Modell oder Prompt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n render(s)</source>
        <translation>
            <numerusform>%n Rendering</numerusform>
            <numerusform>%n Renderings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>So have %n choice(s) between pictures.</source>
        <translation>
            <numerusform>Ebenso %n Wahl zwischen Bildern.</numerusform>
            <numerusform>Ebenso %n Wahlen zwischen Bildern.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n saved search(es) are new.</source>
        <translation>
            <numerusform>%n gespeicherte Suche ist neu.</numerusform>
            <numerusform>%n gespeicherte Suchen sind neu.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::LibraryActions</name>
    <message numerus="yes">
        <source>Throw %n pictures into the bin</source>
        <translation>
            <numerusform>%n Bild in den Papierkorb werfen</numerusform>
            <numerusform>%n Bilder in den Papierkorb werfen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take %n pictures out of the bin</source>
        <translation>
            <numerusform>%n Bild aus dem Papierkorb nehmen</numerusform>
            <numerusform>%n Bilder aus dem Papierkorb nehmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rate %n pictures</source>
        <translation>
            <numerusform>%n Bild bewerten</numerusform>
            <numerusform>%n Bilder bewerten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Pick %n pictures</source>
        <translation>
            <numerusform>%n Bild auswählen</numerusform>
            <numerusform>%n Bilder auswählen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject %n pictures</source>
        <translation>
            <numerusform>%n Bild ablehnen</numerusform>
            <numerusform>%n Bilder ablehnen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leave %n pictures undecided</source>
        <translation>
            <numerusform>%n Bild offen lassen</numerusform>
            <numerusform>%n Bilder offen lassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change the note of %n pictures</source>
        <translation>
            <numerusform>Notiz von %n Bild ändern</numerusform>
            <numerusform>Notiz von %n Bildern ändern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change the tags of %n pictures</source>
        <translation>
            <numerusform>Schlagwörter von %n Bild ändern</numerusform>
            <numerusform>Schlagwörter von %n Bildern ändern</numerusform>
        </translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Leave Undecided</source>
        <translation>Offen lassen</translation>
    </message>
    <message>
        <source>Tags …</source>
        <translation>Schlagwörter …</translation>
    </message>
    <message>
        <source>Note …</source>
        <translation>Notiz …</translation>
    </message>
    <message>
        <source>Throw into the Bin</source>
        <translation>In den Papierkorb werfen</translation>
    </message>
    <message>
        <source>Take Out of the Bin</source>
        <translation>Aus dem Papierkorb nehmen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>%1 pictures can be compared at a time: the first ones are shown.</source>
        <translation>Auf einmal lassen sich %1 Bilder vergleichen: Die ersten werden gezeigt.</translation>
    </message>
    <message>
        <source>Quick Look</source>
        <translation>Schnellansicht</translation>
    </message>
    <message>
        <source>Copy the File</source>
        <translation>Die Datei kopieren</translation>
    </message>
    <message>
        <source>Show in the File Manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Use Its Template and Seed Again</source>
        <translation>Vorlage und Startwert wieder verwenden</translation>
    </message>
    <message>
        <source>Choose All</source>
        <translation>Alle wählen</translation>
    </message>
    <message>
        <source>Save As …</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>Save the Model&apos;s Own Picture As …</source>
        <translation>Das Bild des Modells selbst speichern unter …</translation>
    </message>
    <message>
        <source>Write Provenance into Saved Files</source>
        <translation>Herkunft in gespeicherte Dateien schreiben</translation>
    </message>
    <message>
        <source>Saving picture %1 of %2 …</source>
        <translation>Bild %1 von %2 wird gespeichert …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Saved %1.</source>
        <translation>%1 gespeichert.</translation>
    </message>
    <message numerus="yes">
        <source>Saved %n pictures.</source>
        <translation>
            <numerusform>%n Bild gespeichert.</numerusform>
            <numerusform>%n Bilder gespeichert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show All Made by This Model</source>
        <translation>Alle dieses Modells zeigen</translation>
    </message>
    <message>
        <source>Show All Made by This Revision of the Model</source>
        <translation>Alle dieser Fassung des Modells zeigen</translation>
    </message>
    <message>
        <source>Mark as Withdrawn …</source>
        <translation>Als zurückgezogen vermerken …</translation>
    </message>
    <message>
        <source>Take the Mark Away …</source>
        <translation>Vermerk wegnehmen …</translation>
    </message>
    <message>
        <source>Render Again by the Rules in Force …</source>
        <translation>Nach den geltenden Regeln neu rendern …</translation>
    </message>
    <message>
        <source>Show What Is in the Bin</source>
        <translation>Inhalt des Papierkorbs zeigen</translation>
    </message>
    <message>
        <source>Empty the Bin …</source>
        <translation>Papierkorb leeren …</translation>
    </message>
    <message>
        <source>Verify Every Picture</source>
        <translation>Jedes Bild prüfen</translation>
    </message>
    <message>
        <source>Repair the Library …</source>
        <translation>Bibliothek reparieren …</translation>
    </message>
    <message>
        <source>Repair the library? Damaged pictures are marked, files that nobody names come into the bin, and thumbnails and the search index are made anew. No picture is deleted.</source>
        <translation>Bibliothek reparieren? Beschädigte Bilder werden gekennzeichnet, Dateien, die niemand nennt, kommen in den Papierkorb, Vorschaubilder und Suchverzeichnis werden neu gemacht. Kein Bild wird gelöscht.</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>Export as One File …</source>
        <translation>Als eine Datei exportieren …</translation>
    </message>
    <message>
        <source>Import …</source>
        <translation>Importieren …</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>Made by This Model</source>
        <translation>Von diesem Modell</translation>
    </message>
    <message>
        <source>Choose a picture first.</source>
        <translation>Wählen Sie zuerst ein Bild.</translation>
    </message>
    <message>
        <source>It is in the bin already.</source>
        <translation>Es ist schon im Papierkorb.</translation>
    </message>
    <message>
        <source>Only what is in the bin can be taken out of it.</source>
        <translation>Nur was im Papierkorb ist, kann herausgenommen werden.</translation>
    </message>
    <message>
        <source>The revision of its model is not known.</source>
        <translation>Die Fassung seines Modells ist nicht bekannt.</translation>
    </message>
    <message>
        <source>It was not made by a job of the queue, so that nobody knows its request.</source>
        <translation>Es stammt von keinem Auftrag der Warteschlange; seine Anfrage ist nicht bekannt.</translation>
    </message>
    <message>
        <source>There are no rules here to render by.</source>
        <translation>Hier gibt es keine Regeln, nach denen gerendert werden könnte.</translation>
    </message>
    <message>
        <source>The bin is empty.</source>
        <translation>Der Papierkorb ist leer.</translation>
    </message>
    <message>
        <source>Wait until the work on the library is done, or cancel it.</source>
        <translation>Warten Sie, bis die Arbeit an der Bibliothek getan ist, oder brechen Sie sie ab.</translation>
    </message>
    <message>
        <source>Leave It</source>
        <translation>So lassen</translation>
    </message>
    <message numerus="yes">
        <source>Mark %n pictures as withdrawn? They stay in the library, with the word on them.</source>
        <translation>
            <numerusform>%n Bild als zurückgezogen vermerken? Es bleibt mit diesem Wort in der Bibliothek.</numerusform>
            <numerusform>%n Bilder als zurückgezogen vermerken? Sie bleiben mit diesem Wort in der Bibliothek.</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Vermerk</translation>
    </message>
    <message numerus="yes">
        <source>Take the mark of %n pictures away?</source>
        <translation>
            <numerusform>Den Vermerk von %n Bild wegnehmen?</numerusform>
            <numerusform>Den Vermerk von %n Bildern wegnehmen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Take It Away</source>
        <translation>Wegnehmen</translation>
    </message>
    <message numerus="yes">
        <source>%n pictures are changed.</source>
        <translation>
            <numerusform>%n Bild ist geändert.</numerusform>
            <numerusform>%n Bilder sind geändert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Render %n pictures again by the rules in force? They are queued in the batch lane and paid for where their model costs money; what the library has already costs nothing.</source>
        <translation>
            <numerusform>%n Bild nach den geltenden Regeln neu rendern? Es kommt in die Stapelspur und wird bezahlt, wo sein Modell Geld kostet; was die Bibliothek schon hat, kostet nichts.</numerusform>
            <numerusform>%n Bilder nach den geltenden Regeln neu rendern? Sie kommen in die Stapelspur und werden bezahlt, wo ihr Modell Geld kostet; was die Bibliothek schon hat, kostet nichts.</numerusform>
        </translation>
    </message>
    <message>
        <source>Render Again</source>
        <translation>Neu rendern</translation>
    </message>
    <message numerus="yes">
        <source>%n files are on the clipboard.</source>
        <translation>
            <numerusform>%n Datei ist in der Zwischenablage.</numerusform>
            <numerusform>%n Dateien sind in der Zwischenablage.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n pictures in the bin for good, with their files? This cannot be taken back.</source>
        <translation>
            <numerusform>%n Bild im Papierkorb endgültig löschen, samt Datei? Das lässt sich nicht zurücknehmen.</numerusform>
            <numerusform>%n Bilder im Papierkorb endgültig löschen, samt Dateien? Das lässt sich nicht zurücknehmen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete for Good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message numerus="yes">
        <source>%n pictures are deleted.</source>
        <translation>
            <numerusform>%n Bild ist gelöscht.</numerusform>
            <numerusform>%n Bilder sind gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Verifying every picture</source>
        <translation>Jedes Bild wird geprüft</translation>
    </message>
    <message>
        <source>Repairing the library</source>
        <translation>Die Bibliothek wird repariert</translation>
    </message>
    <message>
        <source>library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Export the Whole Library</source>
        <translation>Die ganze Bibliothek exportieren</translation>
    </message>
    <message>
        <source>Export the Project “%1”</source>
        <translation>Das Projekt „%1“ exportieren</translation>
    </message>
    <message>
        <source>Galley projects (*.%1)</source>
        <translation>Galley-Projekte (*.%1)</translation>
    </message>
    <message>
        <source>Exporting the library</source>
        <translation>Die Bibliothek wird exportiert</translation>
    </message>
    <message>
        <source>Exporting “%1”</source>
        <translation>„%1“ wird exportiert</translation>
    </message>
    <message>
        <source>Import into the Library</source>
        <translation>In die Bibliothek importieren</translation>
    </message>
    <message>
        <source>Galley projects (*.%1);;All files (*)</source>
        <translation>Galley-Projekte (*.%1);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>%1 wird importiert</translation>
    </message>
    <message numerus="yes">
        <source>The files of all %n chosen pictures are at hand now: drag them once more.</source>
        <translation>
            <numerusform>Die Datei des ausgewählten Bildes liegt jetzt bereit: Ziehen Sie es noch einmal.</numerusform>
            <numerusform>Die Dateien aller %n ausgewählten Bilder liegen jetzt bereit: Ziehen Sie sie noch einmal.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 files can be shown at a time: those of the first pictures are.</source>
        <translation>%1 Dateien können auf einmal gezeigt werden: die der ersten Bilder.</translation>
    </message>
    <message>
        <source>Also Write Parameters for Other Tools</source>
        <translation>Auch Parameter für andere Programme schreiben</translation>
    </message>
    <message>
        <source>Parameters are part of the provenance, and that is switched off.</source>
        <translation>Parameter gehören zu den Herkunftsangaben, und die sind abgeschaltet.</translation>
    </message>
    <message>
        <source>Render Anew …</source>
        <translation>Neu rendern …</translation>
    </message>
    <message>
        <source>Send the same request again instead of taking it from the cache. The price comes first.</source>
        <translation>Dieselbe Anfrage noch einmal senden, statt sie aus dem Zwischenspeicher zu nehmen. Zuerst kommt der Preis.</translation>
    </message>
    <message>
        <source>Only what came out of the cache of renders can be rendered anew.</source>
        <translation>Nur was aus dem Zwischenspeicher kam, kann neu gerendert werden.</translation>
    </message>
    <message>
        <source>There are no services here to render by.</source>
        <translation>Hier gibt es keine Dienste, mit denen gerendert werden könnte.</translation>
    </message>
    <message>
        <source>The library is closing.</source>
        <translation>Die Bibliothek wird geschlossen.</translation>
    </message>
    <message>
        <source>Render Anew · %1</source>
        <translation>Neu rendern · %1</translation>
    </message>
    <message>
        <source>Galley is closing.</source>
        <translation>Galley wird geschlossen.</translation>
    </message>
    <message>
        <source>It is queued; the new picture appears here when it is done.</source>
        <translation>Es steht in der Warteschlange; das neue Bild erscheint hier, sobald es fertig ist.</translation>
    </message>
</context>
<context>
    <name>Galley::LibraryCare</name>
    <message>
        <source>Stops it; what it has done so far is whole</source>
        <translation>Hält es an; was bisher getan ist, ist vollständig</translation>
    </message>
</context>
<context>
    <name>Galley::LibraryCommand</name>
    <message numerus="yes">
        <source>%1 of %n pictures.</source>
        <translation>
            <numerusform>%1 von %n Bild.</numerusform>
            <numerusform>%1 von %n Bildern.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more are left out here; --json has all.</source>
        <translation>
            <numerusform>%n weiteres ist hier weggelassen; --json hat alle.</numerusform>
            <numerusform>%n weitere sind hier weggelassen; --json hat alle.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::LibraryController</name>
    <message>
        <source>Use the template of a picture</source>
        <translation>Vorlage eines Bildes verwenden</translation>
    </message>
    <message>
        <source>Template and seed %1 of the picture are in Design.</source>
        <translation>Vorlage und Startwert %1 des Bildes sind unter Gestalten.</translation>
    </message>
    <message>
        <source>The template of the picture is in Design.</source>
        <translation>Die Vorlage des Bildes ist unter Gestalten.</translation>
    </message>
</context>
<context>
    <name>Galley::LibraryEdits</name>
    <message>
        <source>The library is closing.</source>
        <translation>Die Bibliothek wird geschlossen.</translation>
    </message>
</context>
<context>
    <name>Galley::LibraryFilters</name>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>mindestens %1</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>höchstens %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Fassung</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Cohort</source>
        <translation>Kohorte</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Vermerk</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>Bin</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Words: %1</source>
        <translation>Wörter: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n stars or more</source>
        <translation>
            <numerusform>%n Stern oder mehr</numerusform>
            <numerusform>%n Sterne oder mehr</numerusform>
        </translation>
    </message>
    <message>
        <source>Damaged only</source>
        <translation>Nur beschädigte</translation>
    </message>
    <message>
        <source>In the bin</source>
        <translation>Im Papierkorb</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Älteste zuerst</translation>
    </message>
    <message>
        <source>Most stars first</source>
        <translation>Meiste Sterne zuerst</translation>
    </message>
    <message>
        <source>Dearest first</source>
        <translation>Teuerste zuerst</translation>
    </message>
    <message>
        <source>Cheapest first</source>
        <translation>Billigste zuerst</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>Nach Modell</translation>
    </message>
    <message>
        <source>By template</source>
        <translation>Nach Vorlage</translation>
    </message>
    <message>
        <source>Best match first</source>
        <translation>Beste Treffer zuerst</translation>
    </message>
    <message>
        <source>Best first: %1</source>
        <translation>Beste zuerst: %1</translation>
    </message>
    <message>
        <source>Worst first: %1</source>
        <translation>Schlechteste zuerst: %1</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Since %1</source>
        <translation>Seit %1</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>Bis %1</translation>
    </message>
</context>
<context>
    <name>Galley::LibraryTable</name>
    <message>
        <source>A picture is rated with 1 to 5 stars, not with %1.</source>
        <translation>Ein Bild wird mit 1 bis 5 Sternen bewertet, nicht mit %1.</translation>
    </message>
    <message>
        <source>A score of picture %1</source>
        <translation>Ein Wert von Bild %1</translation>
    </message>
</context>
<context>
    <name>Galley::LibraryWorkspace</name>
    <message>
        <source>&amp;Library</source>
        <translation>&amp;Bibliothek</translation>
    </message>
    <message>
        <source>Finals and pinned drafts come here by themselves, each with the model that made it. Render one in Design: Ctrl+Enter.</source>
        <translation>Finals und angeheftete Entwürfe kommen von selbst hierher, jedes mit dem Modell, das es gemacht hat. Rendern Sie eines unter Gestalten: Strg+Eingabe.</translation>
    </message>
    <message>
        <source>Go to Design</source>
        <translation>Zu Gestalten</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Search the Library</source>
        <translation>Die Bibliothek durchsuchen</translation>
    </message>
    <message>
        <source>%1: done. Ctrl+Z takes it back.</source>
        <translation>%1: erledigt. Strg+Z nimmt es zurück.</translation>
    </message>
    <message>
        <source>%1: cancelled.</source>
        <translation>%1: abgebrochen.</translation>
    </message>
</context>
<context>
    <name>Galley::LicenceDialog</name>
    <message>
        <source>Licence of %1</source>
        <translation>Lizenz von %1</translation>
    </message>
    <message>
        <source>Not stated: there is no LICENSE file and no licence in README.md beside its weights. Look where you got it from before you publish pictures.</source>
        <translation>Nicht angegeben: Neben den Gewichten liegt keine Datei LICENSE, und README.md nennt keine Lizenz. Sehen Sie dort nach, woher Sie das Modell haben, bevor Sie Bilder veröffentlichen.</translation>
    </message>
    <message>
        <source>As it lies beside the weights. What it allows is between you and its makers; Galley checks nothing of it.</source>
        <translation>So, wie sie neben den Gewichten liegt. Was sie erlaubt, ist zwischen Ihnen und den Urhebern zu klären; Galley prüft nichts davon.</translation>
    </message>
    <message>
        <source>Text of the licence</source>
        <translation>Text der Lizenz</translation>
    </message>
</context>
<context>
    <name>Galley::Lines</name>
    <message>
        <source>A line of the project file</source>
        <translation>Eine Zeile der Projektdatei</translation>
    </message>
</context>
<context>
    <name>Galley::LocalEngine</name>
    <message>
        <source>There is no model %1 on this machine.</source>
        <translation>Auf diesem Rechner gibt es kein Modell %1.</translation>
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
    <message>
        <source>It was reading %1. Check the files there, or copy them anew.</source>
        <translation>Er las gerade %1. Prüfen Sie die Dateien dort, oder kopieren Sie sie neu.</translation>
    </message>
    <message>
        <source>The start picture</source>
        <translation>Das Ausgangsbild</translation>
    </message>
</context>
<context>
    <name>Galley::LocalModelRow</name>
    <message>
        <source>%1 × %1 px</source>
        <translation>%1 × %1 px</translation>
    </message>
    <message numerus="yes">
        <source>%n steps</source>
        <translation>
            <numerusform>%n Schritt</numerusform>
            <numerusform>%n Schritte</numerusform>
        </translation>
    </message>
    <message>
        <source>guidance %1</source>
        <translation>Führung %1</translation>
    </message>
    <message>
        <source>no guidance</source>
        <translation>ohne Führung</translation>
    </message>
    <message>
        <source>licence not stated</source>
        <translation>Lizenz nicht angegeben</translation>
    </message>
    <message>
        <source>SHA-256 kept on %1; size and time of its files are the same.</source>
        <translation>SHA-256 gespeichert am %1; Größe und Zeit der Dateien sind unverändert.</translation>
    </message>
    <message>
        <source>Changed since it was added: it may draw other pictures than before. Check Files says which.</source>
        <translation>Seit dem Hinzufügen geändert: Es zeichnet vielleicht andere Bilder als vorher. „Dateien prüfen“ sagt, was sich geändert hat.</translation>
    </message>
    <message>
        <source>Found in Galley&apos;s models folder. Check Files keeps its SHA-256, so that changes are noticed.</source>
        <translation>Im Modellordner von Galley gefunden. „Dateien prüfen“ speichert seine SHA-256, damit Änderungen auffallen.</translation>
    </message>
    <message>
        <source>The drawing worker has not said yet whether it can run here.</source>
        <translation>Der Zeichenprozess hat noch nicht gesagt, ob es hier läuft.</translation>
    </message>
    <message>
        <source>How much memory it needs is not known.</source>
        <translation>Wie viel Speicher es braucht, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>drafts use it</source>
        <translation>zeichnet Entwürfe</translation>
    </message>
    <message>
        <source>Use for Drafts</source>
        <translation>Für Entwürfe nehmen</translation>
    </message>
    <message>
        <source>Check Files</source>
        <translation>Dateien prüfen</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Subjects of the draft are drawn by this model instead of Galley&apos;s own</source>
        <translation>Die Motive des Entwurfs zeichnet dieses Modell statt des eigenen von Galley</translation>
    </message>
    <message>
        <source>Read every byte of its files and compare them with what they were</source>
        <translation>Jedes Byte seiner Dateien lesen und mit dem früheren Stand vergleichen</translation>
    </message>
    <message>
        <source>What its folder says about what may be done with it</source>
        <translation>Was in seinem Ordner darüber steht, was erlaubt ist</translation>
    </message>
    <message>
        <source>Forget this model; its files stay where they are</source>
        <translation>Dieses Modell vergessen; seine Dateien bleiben, wo sie sind</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Stop Using for Drafts</source>
        <translation>Nicht mehr für Entwürfe nehmen</translation>
    </message>
    <message>
        <source>Runs here: needs about %1 of memory, models may take %2.</source>
        <translation>Läuft hier: braucht etwa %1 Speicher, Modelle dürfen %2 nehmen.</translation>
    </message>
    <message>
        <source>Runs here in parts, slower: the whole needs about %1, the parts %2, and models may take %3. Close other programs to be faster.</source>
        <translation>Läuft hier in Teilen, langsamer: Das Ganze braucht etwa %1, die Teile %2, und Modelle dürfen %3 nehmen. Schließen Sie andere Programme, damit es schneller geht.</translation>
    </message>
    <message>
        <source>Cannot run here: needs at least %1 of memory, and models may take %2. Close other programs, or take a smaller model.</source>
        <translation>Läuft hier nicht: braucht mindestens %1 Speicher, und Modelle dürfen %2 nehmen. Schließen Sie andere Programme, oder nehmen Sie ein kleineres Modell.</translation>
    </message>
    <message>
        <source>Runs here in parts, slower: the whole needs about %1, the parts %2, and you let models take %3.</source>
        <translation>Läuft hier in Teilen, langsamer: Das Ganze braucht etwa %1, die Teile %2, und Sie lassen Modellen %3.</translation>
    </message>
    <message>
        <source>Does not run here: needs at least %1 of memory, and you let models take %2. Let them take more, or take a smaller model.</source>
        <translation>Läuft hier nicht: braucht mindestens %1 Speicher, und Sie lassen Modellen %2. Lassen Sie ihnen mehr, oder nehmen Sie ein kleineres Modell.</translation>
    </message>
</context>
<context>
    <name>Galley::LocalModels</name>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message numerus="yes">
        <source>MB · %n s left</source>
        <translation>
            <numerusform>MB · noch %n s</numerusform>
            <numerusform>MB · noch %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>MB · %n min left</source>
        <translation>
            <numerusform>MB · noch %n min</numerusform>
            <numerusform>MB · noch %n min</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>There is no %1 any more. Put it back, or remove the model.</source>
        <translation>%1 gibt es nicht mehr. Legen Sie es zurück, oder entfernen Sie das Modell.</translation>
    </message>
    <message>
        <source>There is a model “%1” already. Choose another id, or remove that one first.</source>
        <translation>Ein Modell „%1“ gibt es schon. Wählen Sie eine andere Kennung, oder entfernen Sie zuerst jenes.</translation>
    </message>
    <message>
        <source>%1 is there already, as “%2”.</source>
        <translation>%1 ist schon da, als „%2“.</translation>
    </message>
    <message>
        <source>Another window has just added a model “%1”. Choose another id.</source>
        <translation>Ein anderes Fenster hat gerade ein Modell „%1“ hinzugefügt. Wählen Sie eine andere Kennung.</translation>
    </message>
    <message>
        <source>There is no model “%1” among those that you added. &quot;galley models&quot; lists them.</source>
        <translation>Unter den Modellen, die Sie hinzugefügt haben, ist kein „%1“. „galley models“ zählt sie auf.</translation>
    </message>
    <message>
        <source>%1 lies in Galley&apos;s own folder for models, so it is always found. Move it elsewhere to be rid of it.</source>
        <translation>%1 liegt im eigenen Modellordner von Galley und wird daher immer gefunden. Verschieben Sie es, um es loszuwerden.</translation>
    </message>
</context>
<context>
    <name>Galley::LocalModelsPanel</name>
    <message>
        <source>Add Folder …</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Add File …</source>
        <translation>Datei hinzufügen …</translation>
    </message>
    <message>
        <source>Drop a model&apos;s folder or .safetensors file here, or add one. Galley draws with it on this machine; nothing is copied and nothing leaves this machine.</source>
        <translation>Legen Sie den Ordner oder die .safetensors-Datei eines Modells hier ab, oder fügen Sie eins hinzu. Galley zeichnet damit auf diesem Rechner; nichts wird kopiert, und nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>Models on this machine</source>
        <translation>Modelle auf diesem Rechner</translation>
    </message>
    <message>
        <source>Stops reading; nothing is added or changed</source>
        <translation>Hört auf zu lesen; nichts wird hinzugefügt oder geändert</translation>
    </message>
    <message>
        <source>Models on This Machine</source>
        <translation>Modelle auf diesem Rechner</translation>
    </message>
    <message>
        <source>Stable Diffusion 1.5, 2.1 and XL, and what is distilled from them (Turbo, LCM, Lightning): a folder with model_index.json, or one .safetensors file.</source>
        <translation>Stable Diffusion 1.5, 2.1 und XL und was daraus destilliert ist (Turbo, LCM, Lightning): ein Ordner mit model_index.json oder eine .safetensors-Datei.</translation>
    </message>
    <message>
        <source>A folder as diffusers writes it, with model_index.json</source>
        <translation>Ein Ordner, wie diffusers ihn schreibt, mit model_index.json</translation>
    </message>
    <message>
        <source>One .safetensors file that holds a whole model</source>
        <translation>Eine .safetensors-Datei, die ein ganzes Modell enthält</translation>
    </message>
    <message>
        <source>Add a Model&apos;s Folder</source>
        <translation>Ordner eines Modells hinzufügen</translation>
    </message>
    <message>
        <source>Add a Model&apos;s File</source>
        <translation>Datei eines Modells hinzufügen</translation>
    </message>
    <message>
        <source>Weights (*.safetensors)</source>
        <translation>Gewichte (*.safetensors)</translation>
    </message>
    <message>
        <source>Adding %1</source>
        <translation>%1 wird hinzugefügt</translation>
    </message>
    <message>
        <source>Cancelled; %1 was not added.</source>
        <translation>Abgebrochen; %1 wurde nicht hinzugefügt.</translation>
    </message>
    <message>
        <source>%1 can draw now: choose it as a model for finals, or use it for drafts.</source>
        <translation>%1 kann jetzt zeichnen: Wählen Sie es als Modell für Finale, oder nehmen Sie es für Entwürfe.</translation>
    </message>
    <message>
        <source>Checking %1</source>
        <translation>%1 wird geprüft</translation>
    </message>
    <message>
        <source>Cancelled; %1 was not checked to the end.</source>
        <translation>Abgebrochen; %1 wurde nicht zu Ende geprüft.</translation>
    </message>
    <message numerus="yes">
        <source>The SHA-256 of %n files of %1 are kept from now on.</source>
        <translation>
            <numerusform>Die SHA-256 von %n Datei von %1 ist von jetzt an gespeichert.</numerusform>
            <numerusform>Die SHA-256 von %n Dateien von %1 sind von jetzt an gespeichert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n files of %1 are byte for byte what they were.</source>
        <translation>
            <numerusform>Die %n Datei von %1 ist Byte für Byte, was sie war.</numerusform>
            <numerusform>Alle %n Dateien von %1 sind Byte für Byte, was sie waren.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2 Get the files anew, or remove the model and add it again to go on with these.</source>
        <translation>%1: %2 Besorgen Sie die Dateien neu, oder entfernen Sie das Modell und fügen Sie es wieder hinzu, um mit diesen weiterzuarbeiten.</translation>
    </message>
    <message>
        <source>%1 was removed; its files stay in %2.</source>
        <translation>%1 wurde entfernt; seine Dateien bleiben in %2.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
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
    <message>
        <source>Template, draft and inspector</source>
        <translation>Vorlage, Entwurf und Eigenschaften</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Rules, canaries and what the models did</source>
        <translation>Regeln, Canarys und was die Modelle getan haben</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Pictures side by side, and which of them is best</source>
        <translation>Bilder nebeneinander, und welches davon das beste ist</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Every picture ever made here</source>
        <translation>Jedes Bild, das hier je entstanden ist</translation>
    </message>
    <message>
        <source>Choose in the Library</source>
        <translation>In der Bibliothek auswählen</translation>
    </message>
    <message>
        <source>Stop Drawing</source>
        <translation>Zeichnen anhalten</translation>
    </message>
    <message>
        <source>Draw this draft no further: for a large model that takes too long. “Try Again” goes on.</source>
        <translation>Zeichnet diesen Entwurf nicht weiter: für ein großes Modell, das zu lange braucht. „Noch einmal versuchen“ macht weiter.</translation>
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
    <name>Galley::MetricChart</name>
    <message>
        <source>%1 (n = %2)</source>
        <translation>%1 (n = %2)</translation>
    </message>
    <message>
        <source>Latency in seconds</source>
        <translation>Dauer in Sekunden</translation>
    </message>
    <message>
        <source>No model has rendered often enough for percentiles yet.</source>
        <translation>Noch kein Modell hat oft genug gerendert, um Perzentile zu nennen.</translation>
    </message>
    <message>
        <source>Too few renders for percentiles: %1.</source>
        <translation>Zu wenige Bilder für Perzentile: %1.</translation>
    </message>
    <message>
        <source>Failures by class</source>
        <translation>Fehlschläge nach Klasse</translation>
    </message>
    <message>
        <source>Nothing has failed in this time.</source>
        <translation>In dieser Zeit ist nichts fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Without a failure: %1.</source>
        <translation>Ohne Fehlschlag: %1.</translation>
    </message>
    <message>
        <source>too few</source>
        <translation>zu wenige</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 GiB</source>
        <translation>%1 GiB</translation>
    </message>
    <message>
        <source>Settled cost in US dollars</source>
        <translation>Abgerechnete Kosten in US-Dollar</translation>
    </message>
    <message>
        <source>Nothing has been paid for in this time.</source>
        <translation>In dieser Zeit wurde nichts bezahlt.</translation>
    </message>
    <message>
        <source>Free: %1.</source>
        <translation>Kostenlos: %1.</translation>
    </message>
    <message>
        <source>Peak GPU memory in GiB</source>
        <translation>Größter GPU-Speicher in GiB</translation>
    </message>
    <message>
        <source>Mean automatic quality score, 0–1</source>
        <translation>Mittlere automatische Bewertung, 0–1</translation>
    </message>
    <message>
        <source>No picture has an automatic score yet.</source>
        <translation>Noch kein Bild hat eine automatische Bewertung.</translation>
    </message>
    <message>
        <source>Without a score: %1.</source>
        <translation>Ohne Bewertung: %1.</translation>
    </message>
    <message>
        <source>GPU memory: not reported. Services never say how much they use, and no model here has said it.</source>
        <translation>GPU-Speicher: nicht gemeldet. Dienste sagen nie, wie viel sie belegen, und kein Modell hier hat es gesagt.</translation>
    </message>
    <message>
        <source>Not reported: %1.</source>
        <translation>Nicht gemeldet: %1.</translation>
    </message>
</context>
<context>
    <name>Galley::ModelCard</name>
    <message>
        <source>Recognised by a judge of its own</source>
        <translation>Von einem eigenen Prüfmodell erkannt</translation>
    </message>
    <message>
        <source>pictures to choose from</source>
        <translation>Bilder zur Auswahl</translation>
    </message>
    <message>
        <source>captions</source>
        <translation>Bildtitel</translation>
    </message>
    <message>
        <source>things</source>
        <translation>Dinge</translation>
    </message>
    <message>
        <source>drawings</source>
        <translation>Zeichnungen</translation>
    </message>
    <message>
        <source>pictures seen</source>
        <translation>gesehene Bilder</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>steps of training</source>
        <translation>Trainingsschritte</translation>
    </message>
    <message>
        <source>trained on</source>
        <translation>trainiert auf</translation>
    </message>
    <message>
        <source>phrases</source>
        <translation>Ausdrücke</translation>
    </message>
    <message>
        <source>the real pictures themselves</source>
        <translation>die echten Bilder selbst</translation>
    </message>
    <message>
        <source>in 1 step</source>
        <translation>in 1 Schritt</translation>
    </message>
    <message>
        <source>in 2 steps</source>
        <translation>in 2 Schritten</translation>
    </message>
    <message>
        <source>in 4 steps</source>
        <translation>in 4 Schritten</translation>
    </message>
    <message>
        <source>first choice</source>
        <translation>an erster Stelle</translation>
    </message>
    <message>
        <source>among five</source>
        <translation>unter fünf</translation>
    </message>
    <message>
        <source>share of what real pictures reach</source>
        <translation>Anteil dessen, was echte Bilder erreichen</translation>
    </message>
    <message>
        <source>Never seen in training</source>
        <translation>Im Training nie gesehen</translation>
    </message>
    <message>
        <source>other words for things that it knows</source>
        <translation>andere Wörter für Dinge, die es kennt</translation>
    </message>
    <message>
        <source>Distance to the colour asked for (ΔE 2000)</source>
        <translation>Abstand zur gewünschten Farbe (ΔE 2000)</translation>
    </message>
    <message>
        <source>half below</source>
        <translation>die Hälfte darunter</translation>
    </message>
    <message>
        <source>nine of ten below</source>
        <translation>neun von zehn darunter</translation>
    </message>
    <message>
        <source>Its own confidence</source>
        <translation>Seine eigene Sicherheit</translation>
    </message>
    <message>
        <source>sure of</source>
        <translation>sicher bei</translation>
    </message>
    <message>
        <source>rightly so of</source>
        <translation>zu Recht bei</translation>
    </message>
    <message>
        <source>right</source>
        <translation>richtig</translation>
    </message>
    <message>
        <source>Variety</source>
        <translation>Vielfalt</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>It draws single things as icons and clip art: no photos, no scenes, no lettering.</source>
        <translation>Es zeichnet einzelne Dinge als Symbole und Klippbilder: keine Fotos, keine Szenen, keine Schrift.</translation>
    </message>
    <message>
        <source>It knows the things that it was taught. For other words it gives what comes nearest, which is why Auto takes clip art where the model is not sure, and says so.</source>
        <translation>Es kennt die Dinge, die ihm beigebracht wurden. Für andere Wörter gibt es, was am nächsten kommt; deshalb nimmt „Auto“ ein Klippbild, wo das Modell nicht sicher ist, und sagt es.</translation>
    </message>
    <message>
        <source>%1 cannot be read. Install Galley again.</source>
        <translation>%1 kann nicht gelesen werden. Installieren Sie Galley neu.</translation>
    </message>
    <message>
        <source>needed for Auto</source>
        <translation>für „Auto“ nötig</translation>
    </message>
    <message>
        <source>for its own words</source>
        <translation>bei seinen eigenen Wörtern</translation>
    </message>
    <message>
        <source>other drawings of things that it knows</source>
        <translation>andere Zeichnungen bekannter Dinge</translation>
    </message>
    <message>
        <source>the drawing that it knows</source>
        <translation>die Zeichnung, die es kennt</translation>
    </message>
    <message>
        <source>Everyday phrases, collected before its words were</source>
        <translation>Alltagsausdrücke, vor seinen Wörtern gesammelt</translation>
    </message>
    <message>
        <source>with a drawing in the pack</source>
        <translation>mit einer Zeichnung in der Sammlung</translation>
    </message>
    <message>
        <source>Auto shows what was meant</source>
        <translation>„Auto“ zeigt, was gemeint war</translation>
    </message>
    <message>
        <source>of those with a drawing</source>
        <translation>von denen mit Zeichnung</translation>
    </message>
    <message>
        <source>by now among its words</source>
        <translation>inzwischen unter seinen Wörtern</translation>
    </message>
    <message>
        <source>of those not among its words</source>
        <translation>von denen, die nicht darunter sind</translation>
    </message>
    <message>
        <source>words for them</source>
        <translation>Wörter dafür</translation>
    </message>
    <message>
        <source>things of the pack that it was not taught</source>
        <translation>Dinge des Vorrats, die es nicht gelernt hat</translation>
    </message>
    <message>
        <source>Before, in earlier runs</source>
        <translation>Davor, in früheren Läufen</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Things that are newer in the pack than its training are clip art alone.</source>
        <translation>Was im Vorrat neuer ist als das Training, gibt es nur als Klippbild.</translation>
    </message>
    <message>
        <source>Generated</source>
        <translation>Erzeugt</translation>
    </message>
    <message>
        <source>Clip art</source>
        <translation>Klippbild</translation>
    </message>
    <message>
        <source>Beside clip art for the same words</source>
        <translation>Neben Klippbildern zu denselben Worten</translation>
    </message>
    <message>
        <source>pairs</source>
        <translation>Paare</translation>
    </message>
    <message>
        <source>preferred, or as good</source>
        <translation>bevorzugt oder ebenso gut</translation>
    </message>
    <message>
        <source>Everyday phrases, collected later and not added to its words</source>
        <translation>Alltägliche Ausdrücke, später gesammelt und nicht zu seinen Worten genommen</translation>
    </message>
    <message>
        <source>Seed 0 draws in natural colours, another one with another hue and brightness, not another drawing.</source>
        <translation>Startwert 0 zeichnet in natürlichen Farben, ein anderer in anderem Farbton und anderer Helligkeit, keine andere Zeichnung.</translation>
    </message>
    <message>
        <source>The finest detail, such as spokes and strings, comes out rough. Clip art is cleaner there.</source>
        <translation>Feinste Einzelheiten wie Speichen und Saiten geraten rau. Klippbilder sind dort sauberer.</translation>
    </message>
</context>
<context>
    <name>Galley::ModelCatalogue</name>
    <message>
        <source>%1 was shut down on %2.</source>
        <translation>%1 wurde am %2 abgeschaltet.</translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation>Wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>Choose %1 instead.</source>
        <translation>Wählen Sie stattdessen %1.</translation>
    </message>
    <message>
        <source>%1 shuts down on %2.</source>
        <translation>%1 wird am %2 abgeschaltet.</translation>
    </message>
    <message>
        <source>Its replacement is %1.</source>
        <translation>Der Ersatz ist %1.</translation>
    </message>
</context>
<context>
    <name>Galley::ModelHealth</name>
    <message>
        <source>%1 was taken out of routing by hand; put it back in the Routes workspace.</source>
        <translation>%1 wurde von Hand aus den Regeln genommen; geben Sie es im Arbeitsbereich Regeln wieder frei.</translation>
    </message>
    <message>
        <source>%1 is being tried with one request; others go there again when that has gone well.</source>
        <translation>%1 wird mit einer Anfrage erprobt; gelingt sie, gehen auch andere wieder dorthin.</translation>
    </message>
    <message>
        <source>%1 has rested and is tried with one request.</source>
        <translation>%1 hat geruht und wird mit einer Anfrage erprobt.</translation>
    </message>
    <message>
        <source>%1 asks to be left alone for another %2 s. %3</source>
        <translation>%1 bittet um weitere %2 s Ruhe. %3</translation>
    </message>
    <message>
        <source>%1 rests for another %2 s and is tried with one request then. %3</source>
        <translation>%1 ruht noch %2 s und wird dann mit einer Anfrage erprobt. %3</translation>
    </message>
</context>
<context>
    <name>Galley::ModelsPage</name>
    <message>
        <source>Models, services and other names for models, over those that come with Galley. Whatever is wrong in it is left out; the rest is in force.</source>
        <translation>Modelle, Dienste und andere Namen für Modelle, über denen, die mit Galley kommen. Was darin falsch ist, wird ausgelassen; der Rest gilt.</translation>
    </message>
    <message>
        <source>Open File</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>What is wrong in models.yaml</source>
        <translation>Was in models.yaml nicht stimmt</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n models are known.</source>
        <translation>
            <numerusform>%n Modell ist bekannt.</numerusform>
            <numerusform>%n Modelle sind bekannt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is wrong with your file.</source>
        <translation>Ihre Datei ist in Ordnung.</translation>
    </message>
    <message>
        <source>You have no file of your own yet.</source>
        <translation>Sie haben noch keine eigene Datei.</translation>
    </message>
    <message>
        <source>No program opens %1. Edit it with a text editor of your choice.</source>
        <translation>Kein Programm öffnet %1. Bearbeiten Sie die Datei mit einem Texteditor Ihrer Wahl.</translation>
    </message>
    <message>
        <source> GB</source>
        <translation> GB</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>For all of them together. Automatic (0) is what is free when one is loaded, less a tenth. The drawing workers start anew with it; what is being drawn begins again.</source>
        <translation>Für alle zusammen. Automatisch (0) ist, was beim Laden frei ist, weniger ein Zehntel. Die Zeichenprozesse starten damit neu; was gerade gezeichnet wird, beginnt von vorn.</translation>
    </message>
</context>
<context>
    <name>Galley::NetworkPage</name>
    <message>
        <source>“%1” is no proxy address. Write http://host:port or socks5://host:port, or leave the field empty.</source>
        <translation>„%1“ ist keine Proxy-Adresse. Schreiben Sie http://host:port oder socks5://host:port, oder lassen Sie das Feld leer.</translation>
    </message>
    <message>
        <source>Work offline</source>
        <translation>Offline arbeiten</translation>
    </message>
    <message>
        <source>Budget for each project and day, in US dollars</source>
        <translation>Budget je Projekt und Tag, in US-Dollar</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>No service is asked. Drafts go on as ever; finals wait in the queue until you are online again.</source>
        <translation>Kein Dienst wird gefragt. Entwürfe gehen weiter wie immer; Finals warten in der Warteschlange, bis Sie wieder online sind.</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>As the system says</source>
        <translation>Wie im System eingestellt</translation>
    </message>
    <message>
        <source>For example http://proxy.example:3128 or socks5://127.0.0.1:1080. Servers on this machine are reached directly.</source>
        <translation>Zum Beispiel http://proxy.example:3128 oder socks5://127.0.0.1:1080. Server auf diesem Rechner werden direkt erreicht.</translation>
    </message>
    <message>
        <source>Budget for a day</source>
        <translation>Budget für einen Tag</translation>
    </message>
    <message>
        <source>For each project. A final that would go over it is not sent, not even by a fallback. 0 means that there is no budget.</source>
        <translation>Für jedes Projekt. Ein Final, das darüber hinausginge, wird nicht gesendet, auch nicht als Ausweichlösung. 0 heißt: kein Budget.</translation>
    </message>
</context>
<context>
    <name>Galley::NoMatchPage</name>
    <message>
        <source>No picture matches all of these filters. Drop one of them:</source>
        <translation>Kein Bild erfüllt alle diese Filter. Lassen Sie einen davon weg:</translation>
    </message>
    <message>
        <source>Drop “%1”</source>
        <translation>„%1“ weglassen</translation>
    </message>
    <message>
        <source>Drop “%1”: %2</source>
        <translation>„%1“ weglassen: %2</translation>
    </message>
    <message>
        <source>Clear All</source>
        <translation>Alle aufheben</translation>
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
    <name>Galley::OpenAiCall</name>
    <message>
        <source>The backend %1 has the dialect &quot;%2&quot;, which does not exist. Use one of %3 in models.yaml.</source>
        <translation>Der Dienst %1 hat den Dialekt „%2“, den es nicht gibt. Nehmen Sie in models.yaml einen von %3.</translation>
    </message>
    <message>
        <source>its stream ended before the picture was there</source>
        <translation>der Strom endete, bevor das Bild da war</translation>
    </message>
    <message>
        <source>%1 rewrote the prompt: &quot;%2&quot;</source>
        <translation>%1 hat den Prompt umgeschrieben: „%2“</translation>
    </message>
    <message>
        <source>there is no picture in what it sent</source>
        <translation>in dem Gesendeten ist kein Bild</translation>
    </message>
</context>
<context>
    <name>Galley::OpenAiRequest</name>
    <message>
        <source>%1 takes no negative prompt; it was not sent.</source>
        <translation>%1 nimmt keinen negativen Prompt; er wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>%1 takes no guidance; it was not sent.</source>
        <translation>%1 nimmt keine Führungsstärke; sie wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>%1 cannot be told how far to leave the start picture.</source>
        <translation>%1 kann nicht gesagt werden, wie weit es vom Startbild abweichen soll.</translation>
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
    <name>Galley::PaneBar</name>
    <message>
        <source>moved by itself · %1</source>
        <translation>für sich verschoben · %1</translation>
    </message>
</context>
<context>
    <name>Galley::ParameterView</name>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Only the parameters that are not the same for all pictures on screen</source>
        <translation>Nur die Parameter, die nicht bei allen gezeigten Bildern gleich sind</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Every parameter that is known</source>
        <translation>Jeder bekannte Parameter</translation>
    </message>
    <message>
        <source>Parameters of the pictures on screen</source>
        <translation>Parameter der gezeigten Bilder</translation>
    </message>
    <message>
        <source>Everything that could tell who made them is hidden until you reveal it.</source>
        <translation>Alles, was verraten könnte, wer sie gemacht hat, bleibt verborgen, bis Sie es aufdecken.</translation>
    </message>
    <message>
        <source>One picture differs from nothing. Add another one.</source>
        <translation>Ein Bild allein unterscheidet sich von nichts. Nehmen Sie ein weiteres dazu.</translation>
    </message>
    <message>
        <source>These pictures do not differ in any parameter that is known.</source>
        <translation>Diese Bilder unterscheiden sich in keinem bekannten Parameter.</translation>
    </message>
    <message>
        <source>Scores are measured, from 0 to 1, and no judgement: point at one to read what it can and cannot tell.</source>
        <translation>Werte sind gemessen, von 0 bis 1, und kein Urteil: Zeigen Sie auf einen, um zu lesen, was er sagen kann und was nicht.</translation>
    </message>
    <message>
        <source>%1 of %2: %3</source>
        <translation>%1 von %2: %3</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>nicht gesagt</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>Parameter</translation>
    </message>
</context>
<context>
    <name>Galley::PictureCompare</name>
    <message>
        <source>The share counts pixels that differ by more than the tolerance. PSNR goes by all steps of all pixels: above 40 dB hardly anybody sees a difference, below 20 dB the pictures have little in common. SSIM compares brightness and structure around each pixel: 1 is equal, 0 has nothing in common. They tell how far two pictures are apart, not which one is better; the same motif moved by a few pixels looks like a great difference to all three, and SSIM does not see colours.</source>
        <translation>Der Anteil zählt Pixel, die sich um mehr als die Toleranz unterscheiden. PSNR geht nach allen Stufen aller Pixel: Über 40 dB sieht kaum jemand einen Unterschied, unter 20 dB haben die Bilder wenig gemeinsam. SSIM vergleicht Helligkeit und Struktur um jedes Pixel: 1 heißt gleich, 0 nichts gemeinsam. Sie sagen, wie weit zwei Bilder auseinanderliegen, nicht welches besser ist; dasselbe Motiv, um ein paar Pixel verschoben, ist für alle drei ein großer Unterschied, und SSIM sieht keine Farben.</translation>
    </message>
</context>
<context>
    <name>Galley::PictureGrid</name>
    <message>
        <source>Picture %1 of %2</source>
        <translation>Bild %1 von %2</translation>
    </message>
    <message>
        <source>Pictures of the library</source>
        <translation>Bilder der Bibliothek</translation>
    </message>
</context>
<context>
    <name>Galley::PictureSaver</name>
    <message>
        <source>JPEG pictures (*.jpg *.jpeg)</source>
        <translation>JPEG-Bilder (*.jpg *.jpeg)</translation>
    </message>
    <message>
        <source>WebP pictures (*.webp)</source>
        <translation>WebP-Bilder (*.webp)</translation>
    </message>
    <message>
        <source>TIFF pictures (*.tif *.tiff)</source>
        <translation>TIFF-Bilder (*.tif *.tiff)</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
        <source>The file of picture %1 cannot be read, so that it was not saved. Library › Verify says more.</source>
        <translation>Die Datei von Bild %1 lässt sich nicht lesen und wurde darum nicht gespeichert. Bibliothek › Prüfen sagt mehr.</translation>
    </message>
    <message>
        <source>The file of picture %1 has been altered since it was accepted, so that it was not saved. Library › Verify says more.</source>
        <translation>Die Datei von Bild %1 wurde seit der Annahme verändert und darum nicht gespeichert. Bibliothek › Prüfen sagt mehr.</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Save Picture As</source>
        <translation>Bild speichern unter</translation>
    </message>
    <message numerus="yes">
        <source>Save %n Pictures into a Folder</source>
        <translation>
            <numerusform>%n Bild in einen Ordner speichern</numerusform>
            <numerusform>%n Bilder in einen Ordner speichern</numerusform>
        </translation>
    </message>
    <message>
        <source>The library is closing.</source>
        <translation>Die Bibliothek wird geschlossen.</translation>
    </message>
</context>
<context>
    <name>Galley::PreferenceList</name>
    <message>
        <source>%1 (%2 to %3), chosen %4, left out %5</source>
        <translation>%1 (%2 bis %3), gewählt %4, übergangen %5</translation>
    </message>
    <message>
        <source>Preferences per model</source>
        <translation>Vorlieben je Modell</translation>
    </message>
    <message>
        <source>The chance that a picture of this model is preferred to one of an average model of these, with the 95 % interval. It tells what was picked here, not which model is better for other templates.</source>
        <translation>Die Wahrscheinlichkeit, dass ein Bild dieses Modells dem eines durchschnittlichen dieser Modelle vorgezogen wird, mit dem 95-%-Intervall. Es sagt, was hier ausgewählt wurde, nicht, welches Modell für andere Vorlagen besser ist.</translation>
    </message>
</context>
<context>
    <name>Galley::Preferences</name>
    <message numerus="yes">
        <source>%n pick(s)</source>
        <translation>
            <numerusform>%n Wahl</numerusform>
            <numerusform>%n Wahlen</numerusform>
        </translation>
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
    <name>Galley::ProgressLine</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>%1 …</source>
        <translation>%1 …</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
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
    <name>Galley::QueueActions</name>
    <message>
        <source>Look It Up</source>
        <translation>Nachfragen</translation>
    </message>
    <message>
        <source>Send Again (May Be Billed Twice)</source>
        <translation>Noch einmal senden (kostet evtl. doppelt)</translation>
    </message>
    <message>
        <source>Give Up</source>
        <translation>Aufgeben</translation>
    </message>
    <message>
        <source>Pause Queue</source>
        <translation>Warteschlange anhalten</translation>
    </message>
    <message>
        <source>Clear Finished</source>
        <translation>Fertige entfernen</translation>
    </message>
    <message>
        <source>Take what is done, failed or cancelled off the list. Pictures stay in the library.</source>
        <translation>Nimmt Fertiges, Fehlgeschlagenes und Abgebrochenes von der Liste. Bilder bleiben in der Bibliothek.</translation>
    </message>
    <message>
        <source>Cancel All</source>
        <translation>Alle abbrechen</translation>
    </message>
    <message>
        <source>Cancel everything that runs or waits</source>
        <translation>Alles abbrechen, was läuft oder wartet</translation>
    </message>
    <message>
        <source>Ask the service what became of it. Nothing is sent again.</source>
        <translation>Den Dienst fragen, was daraus wurde. Es wird nichts noch einmal gesendet.</translation>
    </message>
    <message>
        <source>Send the request once more. If the first one was carried out, both are billed.</source>
        <translation>Die Anfrage noch einmal senden. Wurde die erste ausgeführt, werden beide berechnet.</translation>
    </message>
    <message>
        <source>Leave it. If it was carried out, it is billed without a picture here.</source>
        <translation>Es lassen. Wurde sie ausgeführt, wird sie berechnet, ohne dass hier ein Bild ist.</translation>
    </message>
    <message>
        <source>Start Now …</source>
        <translation>Sofort starten …</translation>
    </message>
    <message>
        <source>Drop everything and start this: cancels what runs and holds what waits.</source>
        <translation>Alles fallen lassen und dies starten: bricht ab, was läuft, und hält zurück, was wartet.</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Zurückhalten</translation>
    </message>
    <message>
        <source>Move Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move Down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Send it once more, as a new attempt with its own price.</source>
        <translation>Noch einmal senden, als neuer Versuch mit eigenem Preis.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the chosen ones (Delete). What the service has begun may still be billed.</source>
        <translation>Die gewählten abbrechen (Entf). Was der Dienst begonnen hat, kann trotzdem berechnet werden.</translation>
    </message>
    <message>
        <source>Resume Queue</source>
        <translation>Warteschlange fortsetzen</translation>
    </message>
    <message>
        <source>Start what waits</source>
        <translation>Starten, was wartet</translation>
    </message>
    <message>
        <source>Start nothing new; what runs goes on</source>
        <translation>Nichts Neues starten; was läuft, läuft weiter</translation>
    </message>
    <message>
        <source>Let Go</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Starting “%1” now drops everything else:</source>
        <translation>„%1“ sofort zu starten, lässt alles andere fallen:</translation>
    </message>
    <message numerus="yes">
        <source>it cancels %n that run; the service may bill them all the same.</source>
        <translation>
            <numerusform>Es bricht %n laufenden Auftrag ab; der Dienst kann ihn trotzdem berechnen.</numerusform>
            <numerusform>Es bricht %n laufende Aufträge ab; der Dienst kann sie trotzdem berechnen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It holds %n that wait.</source>
        <translation>
            <numerusform>Es hält %n wartenden zurück.</numerusform>
            <numerusform>Es hält %n wartende zurück.</numerusform>
        </translation>
    </message>
    <message>
        <source>Start Now</source>
        <translation>Sofort starten</translation>
    </message>
    <message numerus="yes">
        <source>Cancel all %n that run or wait?</source>
        <translation>
            <numerusform>%n laufenden oder wartenden abbrechen?</numerusform>
            <numerusform>Alle %n abbrechen, die laufen oder warten?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are already sent and may be billed all the same.</source>
        <translation>
            <numerusform>%n ist schon gesendet und kann trotzdem berechnet werden.</numerusform>
            <numerusform>%n sind schon gesendet und können trotzdem berechnet werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Send It to %1</source>
        <translation>An %1 senden</translation>
    </message>
    <message>
        <source>Send It Again</source>
        <translation>Erneut senden</translation>
    </message>
</context>
<context>
    <name>Galley::QueueDrawer</name>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Nothing is queued. A final that you send shows here, with its price and time left.</source>
        <translation>Die Warteschlange ist leer. Ein Final, das Sie senden, steht hier mit Preis und Restzeit.</translation>
    </message>
    <message>
        <source>Alt+Up and Alt+Down move a waiting render, Delete cancels, Enter shows the picture.</source>
        <translation>Alt+Auf und Alt+Ab verschieben wartende Aufträge, Entf bricht ab, Eingabe zeigt das Bild.</translation>
    </message>
    <message>
        <source>Leave It</source>
        <translation>Lassen</translation>
    </message>
    <message numerus="yes">
        <source>%n more wait for an answer.</source>
        <translation>
            <numerusform>Ein weiterer wartet auf eine Antwort.</numerusform>
            <numerusform>%n weitere warten auf eine Antwort.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::QuickLook</name>
    <message>
        <source>Quick look: %1</source>
        <translation>Schnellansicht: %1</translation>
    </message>
    <message>
        <source>sRGB assumed</source>
        <translation>sRGB angenommen</translation>
    </message>
    <message>
        <source>%1 × %2, %3</source>
        <translation>%1 × %2, %3</translation>
    </message>
</context>
<context>
    <name>Galley::QuoteView</name>
    <message>
        <source>cannot be reached</source>
        <translation>nicht erreichbar ist</translation>
    </message>
    <message>
        <source>is busy</source>
        <translation>ausgelastet ist</translation>
    </message>
    <message>
        <source>rejects it</source>
        <translation>die Anfrage ablehnt</translation>
    </message>
    <message>
        <source>refuses it</source>
        <translation>sie aus Sicherheitsgründen verweigert</translation>
    </message>
    <message>
        <source>no longer has the model</source>
        <translation>das Modell nicht mehr hat</translation>
    </message>
    <message>
        <source>is over budget</source>
        <translation>über dem Budget ist</translation>
    </message>
    <message>
        <source>is offline</source>
        <translation>offline ist</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>If the service %1, you are asked.</source>
        <translation>Wenn der Dienst %1, werden Sie gefragt.</translation>
    </message>
    <message>
        <source>If the service %1, it goes to %2.</source>
        <translation>Wenn der Dienst %1, geht es an %2.</translation>
    </message>
    <message>
        <source>Prompt as it is sent</source>
        <translation>Prompt, wie er gesendet wird</translation>
    </message>
    <message numerus="yes">
        <source>%1 for %n pictures</source>
        <translation>
            <numerusform>%1 für %n Bild</numerusform>
            <numerusform>%1 für %n Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of today&apos;s %2 is spent or reserved.</source>
        <translation>Von heute %2 sind %1 ausgegeben oder vorgemerkt.</translation>
    </message>
    <message>
        <source>%1 is spent or reserved today. There is no budget.</source>
        <translation>Heute sind %1 ausgegeben oder vorgemerkt. Es gibt kein Budget.</translation>
    </message>
    <message>
        <source>Rule: %1.</source>
        <translation>Regel: %1.</translation>
    </message>
    <message>
        <source>No price</source>
        <translation>Kein Preis</translation>
    </message>
    <message>
        <source>Price not known</source>
        <translation>Preis nicht bekannt</translation>
    </message>
</context>
<context>
    <name>Galley::RangePopup</name>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>Mindestens</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
</context>
<context>
    <name>Galley::Reader</name>
    <message>
        <source>%1 must be a map</source>
        <translation>%1 muss eine Zuordnung sein</translation>
    </message>
    <message>
        <source>%1 has no key &quot;%2&quot;; it knows %3</source>
        <translation>%1 hat keinen Schlüssel „%2“; es kennt %3</translation>
    </message>
    <message>
        <source>%1 must be text</source>
        <translation>%1 muss Text sein</translation>
    </message>
    <message>
        <source>there is no placeholder {%1}; use one of %2</source>
        <translation>es gibt keinen Platzhalter {%1}; nehmen Sie einen von %2</translation>
    </message>
    <message>
        <source>a brace stands alone in &quot;%1&quot;; write it twice</source>
        <translation>in „%1“ steht eine Klammer allein; schreiben Sie sie doppelt</translation>
    </message>
    <message>
        <source>body is nested deeper than %1 levels</source>
        <translation>body ist tiefer als %1 Ebenen verschachtelt</translation>
    </message>
    <message>
        <source>headers must be a map</source>
        <translation>headers muss eine Zuordnung sein</translation>
    </message>
    <message>
        <source>the header %1 cannot be sent</source>
        <translation>die Kopfzeile %1 kann nicht gesendet werden</translation>
    </message>
    <message>
        <source>method must be GET, POST or PUT</source>
        <translation>method muss GET, POST oder PUT sein</translation>
    </message>
    <message>
        <source>a GET has no body; put what it says into path</source>
        <translation>ein GET hat keinen Rumpf; schreiben Sie seinen Inhalt in path</translation>
    </message>
    <message>
        <source>%1 must be a JSON pointer such as /images/0/data</source>
        <translation>%1 muss ein JSON-Zeiger sein, etwa /images/0/data</translation>
    </message>
    <message>
        <source>it has no request: that says what is sent</source>
        <translation>es fehlt request: das sagt, was gesendet wird</translation>
    </message>
    <message>
        <source>The backend %1 in models.yaml cannot be used: %2.</source>
        <translation>Der Dienst %1 in models.yaml ist nicht benutzbar: %2.</translation>
    </message>
    <message>
        <source>&quot;routes&quot; must be a list of rules.</source>
        <translation>„routes“ muss eine Liste von Regeln sein.</translation>
    </message>
    <message>
        <source>Begin each rule with &quot;- match:&quot;.</source>
        <translation>Beginnen Sie jede Regel mit „- match:“.</translation>
    </message>
    <message>
        <source>There are %1 rules; the limit is %2.</source>
        <translation>Es sind %1 Regeln; die Grenze ist %2.</translation>
    </message>
    <message>
        <source>The key &quot;%1&quot; is not known and has no effect.</source>
        <translation>Der Schlüssel „%1“ ist nicht bekannt und bewirkt nichts.</translation>
    </message>
    <message>
        <source>It belongs in models.yaml.</source>
        <translation>Er gehört in models.yaml.</translation>
    </message>
    <message>
        <source>Write it as {mid: sd-medium, final: ideogram-typography}.</source>
        <translation>Schreiben Sie es als {mid: sd-medium, final: ideogram-typography}.</translation>
    </message>
    <message>
        <source>&quot;default&quot; must be a map of tiers.</source>
        <translation>„default“ muss Stufen zuordnen.</translation>
    </message>
    <message>
        <source>Drafts have no default of their own: galley-draft makes them unless a rule names fidelity:draft.</source>
        <translation>Entwürfe haben keine eigene Vorgabe: galley-draft macht sie, wenn keine Regel fidelity:draft nennt.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no tier that has a default.</source>
        <translation>„%1“ ist keine Stufe mit einer Vorgabe.</translation>
    </message>
    <message>
        <source>There is no model &quot;%1&quot;.</source>
        <translation>Es gibt kein Modell „%1“.</translation>
    </message>
    <message>
        <source>This entry matches the same as the one in line %1, so they are one rule, and that one has &quot;%2&quot; already.</source>
        <translation>Dieser Eintrag passt auf dasselbe wie der in Zeile %1; beide sind eine Regel, und jener hat „%2“ schon.</translation>
    </message>
    <message>
        <source>Keep one of them.</source>
        <translation>Behalten Sie eines davon.</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>The rule in line %1 is called &quot;%2&quot; already.</source>
        <translation>Die Regel in Zeile %1 heißt schon „%2“.</translation>
    </message>
    <message>
        <source>Choose another name, or give both the same match.</source>
        <translation>Wählen Sie einen anderen Namen, oder geben Sie beiden dasselbe match.</translation>
    </message>
    <message>
        <source>The model &quot;%1&quot; stands in this split twice; the other one is in line %2.</source>
        <translation>Das Modell „%1“ steht zweimal in dieser Aufteilung; das andere in Zeile %2.</translation>
    </message>
    <message>
        <source>Add the weights up.</source>
        <translation>Zählen Sie die Gewichte zusammen.</translation>
    </message>
    <message>
        <source>All weights of this rule are 0, so that nothing could render what it matches.</source>
        <translation>Alle Gewichte dieser Regel sind 0; nichts könnte rendern, worauf sie passt.</translation>
    </message>
    <message>
        <source>Give one model a weight above 0, or remove the rule.</source>
        <translation>Geben Sie einem Modell ein Gewicht über 0, oder entfernen Sie die Regel.</translation>
    </message>
    <message>
        <source>%1 draws drafts and no finals, and rules decide about finals.</source>
        <translation>%1 zeichnet Entwürfe und keine Finals, und Regeln entscheiden über Finals.</translation>
    </message>
    <message>
        <source>Add &quot;fidelity:draft&quot; to the match, or choose another model.</source>
        <translation>Ergänzen Sie im match „fidelity:draft“, oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>This falls back to %1, which has been tried already when it comes to that.</source>
        <translation>Das weicht auf %1 aus; das wurde dann aber schon versucht.</translation>
    </message>
    <message>
        <source>Name another model, or remove the step.</source>
        <translation>Nennen Sie ein anderes Modell, oder entfernen Sie diesen Schritt.</translation>
    </message>
    <message>
        <source>After an ambiguous failure the picture may be there and billed, so Galley asks before it pays for another.</source>
        <translation>Nach einem unklaren Fehlschlag kann das Bild da und berechnet sein; Galley fragt, bevor es ein weiteres bezahlt.</translation>
    </message>
    <message>
        <source>Write ask: true to say so.</source>
        <translation>Schreiben Sie ask: true, um das zu sagen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; names %2, which the rule takes anyway.</source>
        <translation>„%1“ nennt %2, das die Regel ohnehin nimmt.</translation>
    </message>
    <message>
        <source>Name another model, or remove it.</source>
        <translation>Nennen Sie ein anderes Modell, oder entfernen Sie es.</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not what a result of &quot;galley bench&quot; has there. Measure the baseline again with -o FILE.json.</source>
        <translation>%1: „%2“ ist nicht, was ein Ergebnis von „galley bench“ dort hat. Messen Sie die Grundlinie noch einmal mit -o DATEI.json.</translation>
    </message>
    <message>
        <source>%1 does not exist.</source>
        <translation>%1 gibt es nicht.</translation>
    </message>
    <message>
        <source>it is no ZIP file, or not whole.</source>
        <translation>es ist keine ZIP-Datei oder nicht vollständig.</translation>
    </message>
    <message>
        <source>it has more than %1 entries.</source>
        <translation>es hat mehr als %1 Einträge.</translation>
    </message>
    <message>
        <source>its list of entries is damaged.</source>
        <translation>sein Verzeichnis ist beschädigt.</translation>
    </message>
    <message>
        <source>%1 is missing in it.</source>
        <translation>%1 fehlt darin.</translation>
    </message>
    <message>
        <source>%1 in it is damaged.</source>
        <translation>%1 darin ist beschädigt.</translation>
    </message>
    <message>
        <source>%1 in it has other bytes than its name says.</source>
        <translation>%1 darin hat andere Bytes, als der Name sagt.</translation>
    </message>
    <message>
        <source>it has an entry “%1” that no project has.</source>
        <translation>es hat einen Eintrag „%1“, den kein Projekt hat.</translation>
    </message>
    <message>
        <source>it has two entries “%1”.</source>
        <translation>es hat zwei Einträge „%1“.</translation>
    </message>
    <message>
        <source>%1 in it unpacks to more than it may.</source>
        <translation>%1 darin wird entpackt größer, als es darf.</translation>
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
    <name>Galley::RedirectTrail</name>
    <message>
        <source>the link is no web address.</source>
        <translation>der Link ist keine Webadresse.</translation>
    </message>
    <message>
        <source>the link is not encrypted.</source>
        <translation>der Link ist nicht verschlüsselt.</translation>
    </message>
    <message>
        <source>the links run in a circle.</source>
        <translation>die Links laufen im Kreis.</translation>
    </message>
    <message>
        <source>more than %1 links follow each other.</source>
        <translation>mehr als %1 Links folgen aufeinander.</translation>
    </message>
    <message>
        <source>the link leads to an address inside your own network.</source>
        <translation>der Link führt zu einer Adresse in Ihrem eigenen Netz.</translation>
    </message>
</context>
<context>
    <name>Galley::RemoteCall</name>
    <message>
        <source>The request to %1 was cancelled.</source>
        <translation>Die Anfrage an %1 wurde abgebrochen.</translation>
    </message>
    <message>
        <source>%1 cannot be asked what became of a request. Look at its web page, then decide.</source>
        <translation>%1 kann nicht gefragt werden, was aus einer Anfrage wurde. Sehen Sie auf seiner Webseite nach, dann entscheiden Sie.</translation>
    </message>
    <message>
        <source>Request %1. %2</source>
        <translation>Anfrage %1. %2</translation>
    </message>
    <message>
        <source>%1 had accepted the request, so the picture may be there: look for it before you send the request again.</source>
        <translation>%1 hatte die Anfrage angenommen; das Bild kann da sein: Suchen Sie es, bevor Sie die Anfrage noch einmal senden.</translation>
    </message>
    <message>
        <source>%1 broke off before the render was ordered, so that nothing was billed. Galley tries again; look whether the service runs.</source>
        <translation>%1 hat abgebrochen, bevor das Bild bestellt war, sodass nichts berechnet wurde. Galley versucht es wieder; sehen Sie nach, ob der Dienst läuft.</translation>
    </message>
    <message>
        <source>The answer of %1</source>
        <translation>Die Antwort von %1</translation>
    </message>
    <message>
        <source>what it sent cannot be read</source>
        <translation>das Gesendete kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>%1 answered, but %2. The picture may have been billed all the same: ask the service before you send it again.</source>
        <translation>%1 hat geantwortet, aber: %2. Das Bild kann trotzdem berechnet worden sein: Fragen Sie den Dienst, bevor Sie es noch einmal senden.</translation>
    </message>
    <message>
        <source>%1 answered, but %2. Try again, or look into the log of the server.</source>
        <translation>%1 hat geantwortet, aber: %2. Versuchen Sie es noch einmal, oder sehen Sie ins Protokoll des Servers.</translation>
    </message>
    <message>
        <source>%1 answered, but %2. Check the address and kind of the backend in models.yaml.</source>
        <translation>%1 hat geantwortet, aber: %2. Prüfen Sie Adresse und Art des Dienstes in models.yaml.</translation>
    </message>
    <message>
        <source>there is no picture in what it sent</source>
        <translation>in dem Gesendeten ist kein Bild</translation>
    </message>
    <message>
        <source>%1 sent a picture of %2 × %3 pixels, although the ratio %4 was asked for.</source>
        <translation>%1 hat ein Bild mit %2 × %3 Pixeln gesendet, obwohl um das Verhältnis %4 gebeten war.</translation>
    </message>
    <message>
        <source>%1 sent a picture of %2 × %3 pixels instead of %4 × %5.</source>
        <translation>%1 hat ein Bild mit %2 × %3 statt %4 × %5 Pixeln gesendet.</translation>
    </message>
    <message>
        <source>%1 takes no seed for %2; it was not sent.</source>
        <translation>%1 nimmt für %2 keinen Startwert; er wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>%1 takes no negative prompt for %2; it was not sent.</source>
        <translation>%1 nimmt für %2 keinen negativen Prompt; er wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>%1 takes no start picture for %2; it was not sent.</source>
        <translation>%1 nimmt für %2 kein Startbild; es wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>%1 takes no mask for %2; it was not sent.</source>
        <translation>%1 nimmt für %2 keine Maske; sie wurde nicht gesendet.</translation>
    </message>
    <message>
        <source>%1 draws one picture at a time with %2; only one was asked for.</source>
        <translation>%1 zeichnet mit %2 ein Bild auf einmal; nur um eines wurde gebeten.</translation>
    </message>
    <message>
        <source>The link to the picture at %1 has run out (status %2).</source>
        <translation>Der Link zum Bild bei %1 ist abgelaufen (Status %2).</translation>
    </message>
    <message>
        <source>%1 does not know the model &quot;%2&quot; (any more). Choose another model, or mend its entry in models.yaml.</source>
        <translation>%1 kennt das Modell „%2“ nicht (mehr). Wählen Sie ein anderes, oder berichtigen Sie den Eintrag in models.yaml.</translation>
    </message>
    <message>
        <source>Picture %1 of %2 from %3 is lost: %4.</source>
        <translation>Bild %1 von %2 von %3 ist verloren: %4.</translation>
    </message>
    <message>
        <source>Picture %1 of %2 from %3 could not be fetched. %4</source>
        <translation>Bild %1 von %2 von %3 konnte nicht geholt werden. %4</translation>
    </message>
    <message>
        <source>It is paid for with the others; ask the service for it if you need it.</source>
        <translation>Es ist mit den anderen bezahlt; fragen Sie beim Dienst danach, wenn Sie es brauchen.</translation>
    </message>
    <message numerus="yes">
        <source>%1 sent %n pictures instead of %2.</source>
        <translation>
            <numerusform>%1 hat %n Bild statt %2 gesendet.</numerusform>
            <numerusform>%1 hat %n Bilder statt %2 gesendet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::RemoteEngine</name>
    <message>
        <source>%1 makes pictures, no vectors.</source>
        <translation>%1 macht Bilder, keine Vektoren.</translation>
    </message>
    <message>
        <source>The backend %1 has the kind &quot;%2&quot;, which does not exist. Use one of %3 in models.yaml.</source>
        <translation>Der Dienst %1 hat die Art „%2“, die es nicht gibt. Nehmen Sie in models.yaml eine von %3.</translation>
    </message>
    <message>
        <source>The backend %1 has no address. Give it a url: in models.yaml, such as http://127.0.0.1:8000/v1.</source>
        <translation>Der Dienst %1 hat keine Adresse. Geben Sie ihm in models.yaml eine url:, etwa http://127.0.0.1:8000/v1.</translation>
    </message>
    <message>
        <source>%1 needs a key, and there is none. Enter it under &quot;Services and Keys&quot;, or set %2 in the environment.</source>
        <translation>%1 braucht einen Schlüssel, und es gibt keinen. Geben Sie ihn unter Dienste und Schlüssel ein, oder setzen Sie %2 in der Umgebung.</translation>
    </message>
</context>
<context>
    <name>Galley::RenderCache</name>
    <message>
        <source>The service gave no seed: this is a recording of what it made then, and it cannot make the same again.</source>
        <translation>Der Dienst hat keinen Startwert genannt: Dies ist eine Aufzeichnung dessen, was er damals gemacht hat; dasselbe kann er nicht noch einmal machen.</translation>
    </message>
</context>
<context>
    <name>Galley::RenderEngine</name>
    <message>
        <source>This service cannot be asked what became of a request.</source>
        <translation>Dieser Dienst kann nicht gefragt werden, was aus einer Anfrage wurde.</translation>
    </message>
    <message>
        <source>This engine has no connection to test.</source>
        <translation>Hier gibt es keine Verbindung zu prüfen.</translation>
    </message>
</context>
<context>
    <name>Galley::RenderJob</name>
    <message>
        <source>--device %1 was asked for, but the draft would be drawn on %2. Take --device auto.</source>
        <translation>--device %1 war verlangt, doch der Entwurf würde auf %2 gezeichnet. Nehmen Sie --device auto.</translation>
    </message>
    <message>
        <source>--raw writes the model&apos;s own picture, and this draft has %1 of them. --layers DIR writes every one.</source>
        <translation>--raw schreibt das Bild des Modells selbst, und dieser Entwurf hat davon %1. --layers ORDNER schreibt alle.</translation>
    </message>
    <message numerus="yes">
        <source>Cancelled; %1 of %n pictures are finished and stay.</source>
        <translation>
            <numerusform>Abgebrochen; %1 von %n Bild ist fertig und bleibt.</numerusform>
            <numerusform>Abgebrochen; %1 von %n Bildern sind fertig und bleiben.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::RenderQueue</name>
    <message>
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <source>%1, row %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
    <message>
        <source>%1 (only compared)</source>
        <translation>%1 (nur verglichen)</translation>
    </message>
</context>
<context>
    <name>Galley::RenderReport</name>
    <message>
        <source>Row %1: </source>
        <translation>Zeile %1: </translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
</context>
<context>
    <name>Galley::ReportPage</name>
    <message>
        <source>File missing</source>
        <translation>Datei fehlt</translation>
    </message>
    <message>
        <source>File altered</source>
        <translation>Datei verändert</translation>
    </message>
    <message>
        <source>File that nobody names</source>
        <translation>Datei, die niemand nennt</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Thumbnail</source>
        <translation>Vorschaubild</translation>
    </message>
    <message>
        <source>Search index</source>
        <translation>Suchverzeichnis</translation>
    </message>
    <message>
        <source>Repair …</source>
        <translation>Reparieren …</translation>
    </message>
    <message>
        <source>Back to the Pictures</source>
        <translation>Zurück zu den Bildern</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>Was es bedeutet</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Copy as Text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message>
        <source>Back to the pictures (Escape)</source>
        <translation>Zurück zu den Bildern (Escape)</translation>
    </message>
    <message>
        <source>mended</source>
        <translation>behoben</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
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
    <name>Galley::ResponseReader</name>
    <message>
        <source>The answer of %1 is not valid HTTP. Whether the request was carried out is unknown; check the address, and the service&apos;s own list of requests.</source>
        <translation>Die Antwort von %1 ist kein gültiges HTTP. Ob die Anfrage ausgeführt wurde, ist unbekannt; prüfen Sie die Adresse und die Liste des Dienstes.</translation>
    </message>
    <message>
        <source>The %1 of the answer of %2 is larger than %3, which no picture needs. The request may have been carried out; check the service&apos;s own list of requests.</source>
        <translation>%1 der Antwort von %2 ist größer als %3; so viel braucht kein Bild. Die Anfrage kann ausgeführt worden sein; sehen Sie in der Liste des Dienstes nach.</translation>
    </message>
    <message>
        <source>%1 closed the connection before its answer was complete. The request may have been carried out; check the service&apos;s own list of requests before trying again.</source>
        <translation>%1 hat die Verbindung geschlossen, bevor die Antwort vollständig war. Die Anfrage kann ausgeführt worden sein; sehen Sie in der Liste des Dienstes nach, bevor Sie es noch einmal versuchen.</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Der Kopf</translation>
    </message>
    <message>
        <source>body</source>
        <translation>Der Rumpf</translation>
    </message>
</context>
<context>
    <name>Galley::RouteAddress</name>
    <message>
        <source>The rules at %1 cannot be fetched: %2</source>
        <translation>Die Regeln unter %1 können nicht geholt werden: %2</translation>
    </message>
    <message>
        <source>The rules at %1 cannot be fetched: the server answers with status %2. Look at the address in the settings (routes/url).</source>
        <translation>Die Regeln unter %1 können nicht geholt werden: Der Server antwortet mit Status %2. Prüfen Sie die Adresse in den Einstellungen (routes/url).</translation>
    </message>
</context>
<context>
    <name>Galley::RouteJournal</name>
    <message>
        <source>%1 cannot be written, so that other windows do not hear of changes to the rules. Free some space or check the folder&apos;s permissions.</source>
        <translation>%1 kann nicht geschrieben werden; andere Fenster erfahren deshalb nichts von Änderungen der Regeln. Schaffen Sie Platz, oder prüfen Sie die Rechte des Ordners.</translation>
    </message>
</context>
<context>
    <name>Galley::Router</name>
    <message numerus="yes">
        <source>%n requests wait for %1, and more than %2 go to %3.</source>
        <translation>
            <numerusform>%n Anfrage wartet auf %1, und was über %2 hinausgeht, geht an %3.</numerusform>
            <numerusform>%n Anfragen warten auf %1, und was über %2 hinausgeht, geht an %3.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::RoutesActions</name>
    <message>
        <source>Roll Back …</source>
        <translation>Zurücknehmen …</translation>
    </message>
    <message>
        <source>There is no canary and no earlier revision to go back to.</source>
        <translation>Es gibt keinen Canary und keine frühere Fassung, zu der es zurückgehen könnte.</translation>
    </message>
    <message>
        <source>Takes the canary&apos;s model back with the next decision</source>
        <translation>Nimmt das Modell des Canarys mit der nächsten Entscheidung zurück</translation>
    </message>
    <message>
        <source>Puts the revision before this one in force with the next decision</source>
        <translation>Setzt die vorige Fassung mit der nächsten Entscheidung in Kraft</translation>
    </message>
    <message numerus="yes">
        <source>%n canaries run. Which one is taken back with the next decision?</source>
        <translation>
            <numerusform>%n Canary läuft. Welcher wird mit der nächsten Entscheidung zurückgenommen?</numerusform>
            <numerusform>%n Canarys laufen. Welcher wird mit der nächsten Entscheidung zurückgenommen?</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Leave It</source>
        <translation>Lassen</translation>
    </message>
    <message>
        <source>There is no earlier revision of the rules to put back.</source>
        <translation>Es gibt keine frühere Fassung der Regeln, die zurückgeholt werden könnte.</translation>
    </message>
    <message>
        <source>End the canary of %1 with %2 as its model?</source>
        <translation>Den Canary von %1 mit %2 als Modell abschließen?</translation>
    </message>
    <message>
        <source>Give %1 of the cohorts of %2 to %3?</source>
        <translation>%1 der Kohorten von %2 an %3 geben?</translation>
    </message>
    <message>
        <source>The verdict is “%1”.</source>
        <translation>Das Urteil ist „%1“.</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Abschließen</translation>
    </message>
    <message>
        <source>Promote</source>
        <translation>Hochstufen</translation>
    </message>
    <message>
        <source>Start the canary of %1 again at its first step?</source>
        <translation>Den Canary von %1 noch einmal beim ersten Schritt beginnen?</translation>
    </message>
    <message>
        <source>Start Again</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>Take %1 back? The next decision of %2 goes to %3 again, and the pictures that %1 made are marked.</source>
        <translation>%1 zurücknehmen? Die nächste Entscheidung von %2 geht wieder an %3, und die Bilder von %1 werden markiert.</translation>
    </message>
    <message>
        <source>Roll Back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Put revision %1 of the rules back in force with the next decision?</source>
        <translation>Fassung %1 der Regeln mit der nächsten Entscheidung wieder in Kraft setzen?</translation>
    </message>
    <message>
        <source>Its note: “%1”.</source>
        <translation>Ihre Notiz: „%1“.</translation>
    </message>
    <message>
        <source>Revision %1 stays in the history.</source>
        <translation>Fassung %1 bleibt in der Geschichte.</translation>
    </message>
    <message>
        <source>Put Revision %1 Back</source>
        <translation>Fassung %1 zurückholen</translation>
    </message>
    <message>
        <source>Rules may choose %1 again.</source>
        <translation>Die Regeln dürfen %1 wieder wählen.</translation>
    </message>
    <message>
        <source>Take %1 out of routing? Its requests go to the next share or fallback until you let it go.</source>
        <translation>%1 aus den Regeln nehmen? Seine Anfragen gehen an den nächsten Anteil oder die Ausweichlösung, bis Sie es freigeben.</translation>
    </message>
    <message>
        <source>Take It Out</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>%1 is out of routing.</source>
        <translation>%1 ist aus den Regeln genommen.</translation>
    </message>
    <message numerus="yes">
        <source>%n pictures were made by %1: they are marked.</source>
        <translation>
            <numerusform>%n Bild stammt von %1: Es ist markiert.</numerusform>
            <numerusform>%n Bilder stammen von %1: Sie sind markiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Render Them Again</source>
        <translation>Noch einmal rendern</translation>
    </message>
    <message>
        <source>By the rules in force now; what the cache has costs nothing.</source>
        <translation>Nach den jetzt geltenden Regeln; was im Zwischenspeicher liegt, kostet nichts.</translation>
    </message>
</context>
<context>
    <name>Galley::RoutesCommand</name>
    <message numerus="yes">
        <source>%n pictures are marked as made by what was withdrawn.</source>
        <translation>
            <numerusform>%n Bild ist als Werk des Zurückgenommenen markiert.</numerusform>
            <numerusform>%n Bilder sind als Werk des Zurückgenommenen markiert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of the last %n requests would go to another model.</source>
        <translation>
            <numerusform>%1 von der letzten Anfrage ginge an ein anderes Modell.</numerusform>
            <numerusform>%1 von den letzten %n Anfragen gingen an ein anderes Modell.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Galley::RoutesJob</name>
    <message>
        <source>Revision %1 is in force; the rules are those of %2.</source>
        <translation>Fassung %1 ist in Kraft; die Regeln sind die von %2.</translation>
    </message>
    <message>
        <source>There is no revision %1 of the rules.</source>
        <translation>Es gibt keine Fassung %1 der Regeln.</translation>
    </message>
    <message>
        <source>%1 has errors, so that it is not put in force.</source>
        <translation>%1 hat Fehler und wird deshalb nicht in Kraft gesetzt.</translation>
    </message>
    <message>
        <source>Revision %1 is in force.</source>
        <translation>Fassung %1 ist in Kraft.</translation>
    </message>
    <message>
        <source>There is no revision yet: the built-in defaults decide.</source>
        <translation>Noch keine Fassung: Die eingebauten Vorgaben entscheiden.</translation>
    </message>
    <message>
        <source>%1: %2 against %3, %4, %5 % of the cohorts; verdict: %6. %7</source>
        <translation>%1: %2 gegen %3, %4, %5 % der Kohorten; Urteil: %6. %7</translation>
    </message>
    <message>
        <source>The rules in force have no canary.</source>
        <translation>Die geltenden Regeln haben keinen Canary.</translation>
    </message>
</context>
<context>
    <name>Galley::RoutesText</name>
    <message>
        <source>at an unknown time</source>
        <translation>zu unbekannter Zeit</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>heute %1</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>gestern %1</translation>
    </message>
    <message>
        <source>no rule (default)</source>
        <translation>keine Regel (Vorgabe)</translation>
    </message>
    <message>
        <source>asked for by hand</source>
        <translation>von Hand gewählt</translation>
    </message>
    <message>
        <source>not enough data</source>
        <translation>zu wenig Daten</translation>
    </message>
    <message>
        <source>hold</source>
        <translation>halten</translation>
    </message>
    <message>
        <source>promote</source>
        <translation>hochstufen</translation>
    </message>
    <message>
        <source>roll back</source>
        <translation>zurücknehmen</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>beginnt</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>held</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>done</source>
        <translation>abgeschlossen</translation>
    </message>
    <message>
        <source>rolled back</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Fehlschläge</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Güte</translation>
    </message>
    <message>
        <source>Picks</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>in routing</source>
        <translation>wird gewählt</translation>
    </message>
    <message>
        <source>out of routing</source>
        <translation>herausgenommen</translation>
    </message>
    <message>
        <source>one on trial</source>
        <translation>eines auf Probe</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>nicht gesendet</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>ausgelastet</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>verweigert</translation>
    </message>
    <message>
        <source>retired</source>
        <translation>abgeschaltet</translation>
    </message>
    <message>
        <source>over budget</source>
        <translation>über dem Budget</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>ambiguous</source>
        <translation>unklar</translation>
    </message>
    <message>
        <source>asks you</source>
        <translation>fragt Sie</translation>
    </message>
    <message>
        <source>asks you, then %1</source>
        <translation>fragt Sie, dann %1</translation>
    </message>
    <message>
        <source>when it fails → %1</source>
        <translation>bei Fehlschlag → %1</translation>
    </message>
    <message numerus="yes">
        <source>over %n waiting</source>
        <translation>
            <numerusform>mehr als %n wartet</numerusform>
            <numerusform>mehr als %n warten</numerusform>
        </translation>
    </message>
    <message>
        <source>p95 over %1</source>
        <translation>p95 über %1</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
</context>
<context>
    <name>Galley::RoutesWorkspace</name>
    <message>
        <source>Beside the rules</source>
        <translation>Neben den Regeln</translation>
    </message>
    <message>
        <source>R&amp;outes</source>
        <translation>R&amp;egeln</translation>
    </message>
    <message>
        <source>The rules have changes that are not in force.</source>
        <translation>Die Regeln haben Änderungen, die nicht in Kraft sind.</translation>
    </message>
    <message>
        <source>Galley can keep the text for the next start. The rules in force stay as they are.</source>
        <translation>Galley kann den Text für den nächsten Start aufheben. Die geltenden Regeln bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Keep the Text</source>
        <translation>Text aufheben</translation>
    </message>
    <message>
        <source>Discard It</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Go On Editing</source>
        <translation>Weiter bearbeiten</translation>
    </message>
    <message>
        <source>Dry Run</source>
        <translation>Probelauf</translation>
    </message>
    <message>
        <source>History of the Rules</source>
        <translation>Geschichte der Regeln</translation>
    </message>
    <message>
        <source>What the text being edited would do</source>
        <translation>Was der bearbeitete Text täte</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Geschichte</translation>
    </message>
    <message>
        <source>Every revision of the rules, and what it changed</source>
        <translation>Jede Fassung der Regeln und was sie geändert hat</translation>
    </message>
    <message>
        <source>Revision %1 in force</source>
        <translation>Fassung %1 in Kraft</translation>
    </message>
    <message>
        <source>Built-in defaults in force</source>
        <translation>Eingebaute Vorgaben in Kraft</translation>
    </message>
    <message>
        <source>The text of the rules that was not put in force last time is back.</source>
        <translation>Der Text der Regeln, der beim letzten Mal nicht in Kraft gesetzt wurde, ist wieder da.</translation>
    </message>
</context>
<context>
    <name>Galley::Routing</name>
    <message>
        <source>Revision %1 is taken back: what revision %2 said is in force again, as revision %3.</source>
        <translation>Fassung %1 ist zurückgenommen: Was Fassung %2 sagte, gilt wieder, als Fassung %3.</translation>
    </message>
    <message>
        <source>Pictures can be made again only where finals are rendered.</source>
        <translation>Bilder können nur dort noch einmal gemacht werden, wo Finals gerendert werden.</translation>
    </message>
</context>
<context>
    <name>Galley::RuleBook</name>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>The last good rules stay in force.</source>
        <translation>Die letzten guten Regeln bleiben in Kraft.</translation>
    </message>
    <message>
        <source>%1 cannot be read, or is larger than %2 KB.</source>
        <translation>%1 kann nicht gelesen werden, oder ist größer als %2 KB.</translation>
    </message>
    <message>
        <source>%1 The last good rules stay in force.</source>
        <translation>%1 Die letzten guten Regeln bleiben in Kraft.</translation>
    </message>
    <message>
        <source>The rules at %1 are those that were rolled back here; others have to come before they are taken again.</source>
        <translation>Die Regeln unter %1 sind die, die hier zurückgenommen wurden; erst andere werden wieder angenommen.</translation>
    </message>
    <message>
        <source>The rules come from %1. Change them there, or take that address out of the settings (routes/url).</source>
        <translation>Die Regeln kommen von %1. Ändern Sie sie dort, oder nehmen Sie diese Adresse aus den Einstellungen (routes/url).</translation>
    </message>
    <message>
        <source>%1 has been changed since revision %2, from which this was edited. Look at what it says now, then apply yours again.</source>
        <translation>%1 wurde seit Fassung %2 geändert, von der diese Bearbeitung ausging. Sehen Sie sich den jetzigen Text an, und setzen Sie Ihren dann noch einmal in Kraft.</translation>
    </message>
    <message>
        <source>Revision %1 could not be written.</source>
        <translation>Fassung %1 konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>There is no revision %1 of the rules. &quot;galley routes history&quot; lists those that there are.</source>
        <translation>Es gibt keine Fassung %1 der Regeln. „galley routes history“ nennt die, die es gibt.</translation>
    </message>
    <message>
        <source>There is no earlier revision of the rules to go back to.</source>
        <translation>Es gibt keine frühere Fassung der Regeln, zu der es zurückgehen könnte.</translation>
    </message>
    <message>
        <source>The text of revision %1 is missing in %2, or is damaged.</source>
        <translation>Der Text der Fassung %1 fehlt in %2 oder ist beschädigt.</translation>
    </message>
    <message>
        <source>Revision %1 is in force already.</source>
        <translation>Fassung %1 ist schon in Kraft.</translation>
    </message>
    <message>
        <source>Revision %1 cannot be put back: %2</source>
        <translation>Fassung %1 kann nicht zurückgeholt werden: %2</translation>
    </message>
</context>
<context>
    <name>Galley::RuleModel</name>
    <message>
        <source> · now %1</source>
        <translation> · jetzt %1</translation>
    </message>
    <message>
        <source>shadow</source>
        <translation>Schatten</translation>
    </message>
    <message>
        <source>canary</source>
        <translation>Canary</translation>
    </message>
    <message>
        <source>at most %1 a day</source>
        <translation>höchstens %1 am Tag</translation>
    </message>
    <message>
        <source>everything else</source>
        <translation>alles andere</translation>
    </message>
    <message>
        <source>the defaults that Galley comes with</source>
        <translation>die Vorgaben, die Galley mitbringt</translation>
    </message>
    <message>
        <source> (now %1)</source>
        <translation> (jetzt %1)</translation>
    </message>
    <message numerus="yes">
        <source>%n decisions in the last 24 hours.</source>
        <translation>
            <numerusform>%n Entscheidung in den letzten 24 Stunden.</numerusform>
            <numerusform>%n Entscheidungen in den letzten 24 Stunden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>Match</source>
        <translation>Passt auf</translation>
    </message>
    <message>
        <source>Shares</source>
        <translation>Anteile</translation>
    </message>
    <message>
        <source>Otherwise</source>
        <translation>Sonst</translation>
    </message>
</context>
<context>
    <name>Galley::RuleTable</name>
    <message>
        <source>Bar: as the rules intend. Mark: decisions of the last 24 hours.</source>
        <translation>Balken: was die Regeln wollen. Strich: Entscheidungen der letzten 24 Stunden.</translation>
    </message>
    <message>
        <source>Rules as a table</source>
        <translation>Regeln als Tabelle</translation>
    </message>
    <message>
        <source>Enter goes to the line of the rule in the text.</source>
        <translation>Eingabe geht zur Zeile der Regel im Text.</translation>
    </message>
    <message>
        <source>As a Table</source>
        <translation>Als Tabelle</translation>
    </message>
    <message>
        <source>The text has errors: these are the rules in force.</source>
        <translation>Der Text hat Fehler: Dies sind die geltenden Regeln.</translation>
    </message>
</context>
<context>
    <name>Galley::RulesEditor</name>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Tab and Shift+Tab indent; F6 leaves the text.</source>
        <translation>Tab und Umschalt+Tab rücken ein; F6 verlässt den Text.</translation>
    </message>
</context>
<context>
    <name>Galley::RulesPanel</name>
    <message>
        <source>Put in Force …</source>
        <translation>In Kraft setzen …</translation>
    </message>
    <message>
        <source>Revision %1 of the rules is in force.</source>
        <translation>Fassung %1 der Regeln ist in Kraft.</translation>
    </message>
    <message>
        <source>Put the Rules in Force …</source>
        <translation>Regeln in Kraft setzen …</translation>
    </message>
    <message>
        <source>Find in the Rules</source>
        <translation>In den Regeln suchen</translation>
    </message>
    <message>
        <source>Next Problem</source>
        <translation>Nächster Mangel</translation>
    </message>
    <message>
        <source>Discard the Changes to the Rules</source>
        <translation>Änderungen der Regeln verwerfen</translation>
    </message>
    <message>
        <source>Show the file as it is; Ctrl+Z brings your text back</source>
        <translation>Zeigt die Datei, wie sie ist; Strg+Z bringt Ihren Text zurück</translation>
    </message>
    <message>
        <source>The changes to the rules are discarded. Ctrl+Z brings them back.</source>
        <translation>Die Änderungen der Regeln sind verworfen. Strg+Z bringt sie zurück.</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>What has changed, and why?</source>
        <translation>Was hat sich geändert, und warum?</translation>
    </message>
    <message>
        <source>Note for the history of the rules: what has changed, and why?</source>
        <translation>Notiz für die Geschichte der Regeln: Was hat sich geändert, und warum?</translation>
    </message>
    <message>
        <source>Put in Force</source>
        <translation>In Kraft setzen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Nothing has changed: these rules are in force as revision %1.</source>
        <translation>Nichts hat sich geändert: Diese Regeln sind als Fassung %1 in Kraft.</translation>
    </message>
    <message>
        <source>The rules cannot be put in force with errors: correct the marked lines first.</source>
        <translation>Mit Fehlern können die Regeln nicht in Kraft treten: Berichtigen Sie zuerst die markierten Zeilen.</translation>
    </message>
    <message>
        <source>Check the text and make it the rules in force (Ctrl+S)</source>
        <translation>Prüft den Text und macht ihn zu den geltenden Regeln (Strg+S)</translation>
    </message>
    <message>
        <source>Nothing has changed: these rules are in force.</source>
        <translation>Nichts hat sich geändert: Diese Regeln sind in Kraft.</translation>
    </message>
    <message>
        <source>changed, not in force</source>
        <translation>geändert, nicht in Kraft</translation>
    </message>
    <message>
        <source>saved, not in force</source>
        <translation>gespeichert, nicht in Kraft</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>in Kraft</translation>
    </message>
    <message>
        <source>built-in defaults in force</source>
        <translation>eingebaute Vorgaben in Kraft</translation>
    </message>
    <message>
        <source>checking …</source>
        <translation>wird geprüft …</translation>
    </message>
    <message numerus="yes">
        <source>%n errors</source>
        <translation>
            <numerusform>%n Fehler</numerusform>
            <numerusform>%n Fehler</numerusform>
        </translation>
    </message>
    <message>
        <source>no errors</source>
        <translation>keine Fehler</translation>
    </message>
    <message numerus="yes">
        <source>%n rules</source>
        <translation>
            <numerusform>%n Regel</numerusform>
            <numerusform>%n Regeln</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the Problem</source>
        <translation>Mangel zeigen</translation>
    </message>
    <message>
        <source>Revision %1 came in force while you edited revision %2. Yours is only put in force once you have chosen.</source>
        <translation>Fassung %1 kam in Kraft, während Sie Fassung %2 bearbeitet haben. Ihre tritt erst in Kraft, wenn Sie gewählt haben.</translation>
    </message>
    <message>
        <source>The file has changed on disk while you edited it. Yours is only put in force once you have chosen.</source>
        <translation>Die Datei wurde geändert, während Sie sie bearbeitet haben. Ihre tritt erst in Kraft, wenn Sie gewählt haben.</translation>
    </message>
    <message>
        <source>Show Theirs</source>
        <translation>Fremde zeigen</translation>
    </message>
    <message>
        <source>Shown as it is now. Ctrl+Z brings your text back.</source>
        <translation>Gezeigt, wie es jetzt ist. Strg+Z bringt Ihren Text zurück.</translation>
    </message>
    <message>
        <source>Keep Mine</source>
        <translation>Meine behalten</translation>
    </message>
    <message>
        <source>The rules come from %1: change them there.</source>
        <translation>Die Regeln kommen von %1: Ändern Sie sie dort.</translation>
    </message>
</context>
<context>
    <name>Galley::Salvage</name>
    <message>
        <source>The library %1 was written by a newer Galley. Install that version to repair it.</source>
        <translation>Die Bibliothek %1 stammt von einem neueren Galley. Installieren Sie jene Version, um sie zu reparieren.</translation>
    </message>
    <message>
        <source>Reading the library back was stopped. Nothing has changed.</source>
        <translation>Das Zurücklesen der Bibliothek wurde abgebrochen. Nichts hat sich geändert.</translation>
    </message>
</context>
<context>
    <name>Galley::SavedComparisons</name>
    <message>
        <source>Saved comparisons</source>
        <translation>Gespeicherte Vergleiche</translation>
    </message>
    <message>
        <source>Saved comparisons; this one is “%1”</source>
        <translation>Gespeicherte Vergleiche; dieser ist „%1“</translation>
    </message>
    <message>
        <source>Save This Comparison …</source>
        <translation>Diesen Vergleich speichern …</translation>
    </message>
    <message>
        <source>Save this comparison as</source>
        <translation>Diesen Vergleich speichern als</translation>
    </message>
    <message>
        <source>Rename the comparison “%1”</source>
        <translation>Den Vergleich „%1“ umbenennen</translation>
    </message>
    <message>
        <source>Keep these pictures side by side under a name</source>
        <translation>Diese Bilder nebeneinander unter einem Namen behalten</translation>
    </message>
    <message>
        <source>Compare pictures of the library first.</source>
        <translation>Vergleichen Sie zuerst Bilder der Bibliothek.</translation>
    </message>
    <message>
        <source>The comparison is saved as “%1”.</source>
        <translation>Der Vergleich ist als „%1“ gespeichert.</translation>
    </message>
    <message>
        <source>Drafts are not in the library, so that they are not part of it.</source>
        <translation>Entwürfe sind nicht in der Bibliothek und gehören deshalb nicht dazu.</translation>
    </message>
    <message>
        <source>There is a comparison “%1” already. Choose another name, or remove that one first.</source>
        <translation>Es gibt schon einen Vergleich „%1“. Wählen Sie einen anderen Namen, oder entfernen Sie jenen zuerst.</translation>
    </message>
    <message>
        <source>The comparison “%1” is called “%2” now.</source>
        <translation>Der Vergleich „%1“ heißt jetzt „%2“.</translation>
    </message>
    <message>
        <source>The comparison “%1” is there again.</source>
        <translation>Der Vergleich „%1“ ist wieder da.</translation>
    </message>
</context>
<context>
    <name>Galley::SavedSearches</name>
    <message>
        <source>Saved searches</source>
        <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
        <source>Saved searches; this one is “%1”</source>
        <translation>Gespeicherte Suchen; diese ist „%1“</translation>
    </message>
    <message>
        <source>Save This Search …</source>
        <translation>Diese Suche speichern …</translation>
    </message>
    <message>
        <source>Save this search as</source>
        <translation>Diese Suche speichern als</translation>
    </message>
    <message>
        <source>The search is saved as “%1”.</source>
        <translation>Die Suche ist als „%1“ gespeichert.</translation>
    </message>
    <message>
        <source>The search “%1” is removed.</source>
        <translation>Die Suche „%1“ ist entfernt.</translation>
    </message>
    <message>
        <source>Rename the search “%1”</source>
        <translation>Die Suche „%1“ umbenennen</translation>
    </message>
    <message>
        <source>The search “%1” is called “%2” now.</source>
        <translation>Die Suche „%1“ heißt jetzt „%2“.</translation>
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
    <name>Galley::ScoreService</name>
    <message>
        <source>The picture was not measured: Galley is closing.</source>
        <translation>Das Bild wurde nicht vermessen: Galley wird beendet.</translation>
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
    <name>Galley::ServicesDialog</name>
    <message>
        <source>Services and Keys</source>
        <translation>Dienste und Schlüssel</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Dienste</translation>
    </message>
    <message>
        <source>Network and Budget</source>
        <translation>Netz und Budget</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
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
    <message>
        <source>Budget for a day</source>
        <translation>Budget für einen Tag</translation>
    </message>
    <message>
        <source>US dollars that each project may spend on finals in one day. 0 means that there is no limit.</source>
        <translation>US-Dollar, die jedes Projekt an einem Tag für Finals ausgeben darf. 0 heißt: keine Grenze.</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Empty takes the proxy of the system; else http://host:port or socks5://host:port.</source>
        <translation>Leer nimmt den Proxy des Systems; sonst http://host:port oder socks5://host:port.</translation>
    </message>
    <message>
        <source>Work offline</source>
        <translation>Offline arbeiten</translation>
    </message>
    <message>
        <source>Finals wait in the queue until this is switched off.</source>
        <translation>Finals warten in der Warteschlange, bis dies ausgeschaltet wird.</translation>
    </message>
    <message>
        <source>Address of the rules</source>
        <translation>Adresse der Regeln</translation>
    </message>
    <message>
        <source>An https address whose text takes the place of routes.yaml, so that one change moves a whole studio. Empty takes the file.</source>
        <translation>Eine https-Adresse, deren Text an die Stelle von routes.yaml tritt, sodass eine Änderung ein ganzes Studio bewegt. Leer nimmt die Datei.</translation>
    </message>
    <message>
        <source>Ask for rules every</source>
        <translation>Nach Regeln fragen alle</translation>
    </message>
    <message>
        <source>Seconds between two questions at that address; at least 10.</source>
        <translation>Sekunden zwischen zwei Fragen an dieser Adresse; mindestens 10.</translation>
    </message>
    <message>
        <source>Write provenance into exported pictures</source>
        <translation>Herkunft in exportierte Bilder schreiben</translation>
    </message>
    <message>
        <source>Model, prompt, seed and that a model has made it, as XMP and PNG text. No local paths. Files that carry signed credentials are never changed: a file beside them has it.</source>
        <translation>Modell, Prompt, Startwert und dass ein Modell es gemacht hat, als XMP und PNG-Text. Keine lokalen Pfade. Dateien mit signierten Nachweisen werden nie verändert: Eine Datei daneben enthält es.</translation>
    </message>
    <message>
        <source>Parameters for other tools</source>
        <translation>Parameter für andere Werkzeuge</translation>
    </message>
    <message>
        <source>Also writes prompt, seed and size as AUTOMATIC1111 does, for tools that read that.</source>
        <translation>Schreibt Prompt, Startwert und Größe auch so, wie AUTOMATIC1111 es tut, für Werkzeuge, die das lesen.</translation>
    </message>
    <message>
        <source>Space for the cache</source>
        <translation>Platz für den Zwischenspeicher</translation>
    </message>
    <message>
        <source>Gigabytes of renders that are kept, so that nothing is paid for twice. What was used longest ago goes first. 0 keeps nothing.</source>
        <translation>Gigabyte an gerenderten Bildern, die aufgehoben werden, damit nichts zweimal bezahlt wird. Was am längsten nicht gebraucht wurde, geht zuerst. 0 hebt nichts auf.</translation>
    </message>
    <message>
        <source>More steps are slower. 0 takes as many for the live preview as this machine draws in a tenth of a second, and never more than the model was made for.</source>
        <translation>Mehr Schritte sind langsamer. 0 nimmt für die Live-Vorschau so viele, wie dieser Rechner in einer Zehntelsekunde zeichnet, und nie mehr, als wofür das Modell gemacht ist.</translation>
    </message>
    <message>
        <source>Memory for models</source>
        <translation>Speicher für Modelle</translation>
    </message>
    <message>
        <source>Gigabytes for all models of this machine together. 0 takes what is free, less a tenth.</source>
        <translation>Gigabyte für alle Modelle dieses Rechners zusammen. 0 nimmt, was frei ist, weniger ein Zehntel.</translation>
    </message>
</context>
<context>
    <name>Galley::Sheet</name>
    <message>
        <source>Contact sheet</source>
        <translation>Kontaktabzug</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>Seite %1 von %2</translation>
    </message>
</context>
<context>
    <name>Galley::SheetExport</name>
    <message>
        <source>Stops it; no file is written</source>
        <translation>Bricht ab; keine Datei wird geschrieben</translation>
    </message>
    <message>
        <source>What is exported names the models. Reveal who made the pictures first.</source>
        <translation>Was exportiert wird, nennt die Modelle. Decken Sie zuerst auf, wer die Bilder gemacht hat.</translation>
    </message>
    <message>
        <source>Reveal Who Made Them</source>
        <translation>Aufdecken, wer sie gemacht hat</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Export Contact Sheet</source>
        <translation>Kontaktbogen exportieren</translation>
    </message>
    <message>
        <source>Export Table</source>
        <translation>Tabelle exportieren</translation>
    </message>
    <message>
        <source>PDF documents (*.pdf)</source>
        <translation>PDF-Dokumente (*.pdf)</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>%1 wird geschrieben</translation>
    </message>
    <message>
        <source>The export was cancelled. No file was written.</source>
        <translation>Der Export wurde abgebrochen. Keine Datei wurde geschrieben.</translation>
    </message>
    <message>
        <source>Show in Folder</source>
        <translation>Im Ordner zeigen</translation>
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
    <name>Galley::SideBySide</name>
    <message>
        <source>%1 (%2, %3 ms)</source>
        <translation>%1 (%2, %3 ms)</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>not compared</source>
        <translation>nicht verglichen</translation>
    </message>
    <message>
        <source>%1 % of the pixels differ, %2 dB</source>
        <translation>%1 % der Pixel weichen ab, %2 dB</translation>
    </message>
    <message>
        <source>%1: A %2 ms, B %3 ms; %4</source>
        <translation>%1: A %2 ms, B %3 ms; %4</translation>
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
    <message numerus="yes">
        <source>Defaults (%n rows)</source>
        <translation>
            <numerusform>Vorgaben (%n Zeile)</numerusform>
            <numerusform>Vorgaben (%n Zeilen)</numerusform>
        </translation>
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
    <name>Galley::StabilityCall</name>
    <message>
        <source>%1 drew the picture and blurred it for reasons of safety. Change the words before you try again.</source>
        <translation>%1 hat das Bild gezeichnet und aus Sicherheitsgründen unkenntlich gemacht. Ändern Sie die Worte, bevor Sie es noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The option &quot;api&quot; of the model &quot;%1&quot; must be one of sd3, core and ultra; mend it in models.yaml.</source>
        <translation>Die Angabe „api“ des Modells „%1“ muss sd3, core oder ultra sein; berichtigen Sie sie in models.yaml.</translation>
    </message>
    <message>
        <source>%1 draws at random for seed 0; %2 was sent in its place.</source>
        <translation>%1 zeichnet bei Startwert 0 zufällig; stattdessen wurde %2 gesendet.</translation>
    </message>
    <message>
        <source>it stopped without a picture</source>
        <translation>es hat ohne Bild aufgehört</translation>
    </message>
    <message>
        <source>%1 answers and takes the key, but does not tell the balance.</source>
        <translation>%1 antwortet und nimmt den Schlüssel an, nennt aber kein Guthaben.</translation>
    </message>
    <message>
        <source>%1 answers and takes the key; %2 credits are left.</source>
        <translation>%1 antwortet und nimmt den Schlüssel an; %2 Credits sind übrig.</translation>
    </message>
</context>
<context>
    <name>Galley::StarsField</name>
    <message>
        <source>Stars (1–5, 0 takes them away)</source>
        <translation>Sterne (1–5, 0 nimmt sie weg)</translation>
    </message>
    <message>
        <source>Stars: %1</source>
        <translation>Sterne: %1</translation>
    </message>
    <message>
        <source>several differ</source>
        <translation>verschieden</translation>
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
    <message>
        <source>loading the model, %1 of %2</source>
        <translation>lädt das Modell, %1 von %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Stop drawing</source>
        <translation>Zeichnen anhalten</translation>
    </message>
    <message>
        <source>Stop drawing this draft</source>
        <translation>Diesen Entwurf nicht weiterzeichnen</translation>
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
    <name>Galley::StepTrack</name>
    <message>
        <source>Step %1 of %2: %3 of the cohorts. All steps: %4.</source>
        <translation>Schritt %1 von %2: %3 der Kohorten. Alle Schritte: %4.</translation>
    </message>
    <message>
        <source>All steps are done: %1.</source>
        <translation>Alle Schritte sind getan: %1.</translation>
    </message>
</context>
<context>
    <name>Galley::Store</name>
    <message>
        <source>The job&apos;s template</source>
        <translation>Die Vorlage des Auftrags</translation>
    </message>
    <message>
        <source>A job of the library</source>
        <translation>Ein Auftrag der Bibliothek</translation>
    </message>
    <message>
        <source>The library has no job %1.</source>
        <translation>Die Bibliothek hat keinen Auftrag %1.</translation>
    </message>
    <message>
        <source>The rules have been changed since: revision %1 is in force, and this was edited from revision %2. Look at the newer one, then apply yours again.</source>
        <translation>Die Regeln wurden seitdem geändert: Fassung %1 ist in Kraft, und diese Bearbeitung ging von Fassung %2 aus. Sehen Sie sich die neuere an, und setzen Sie Ihre dann noch einmal in Kraft.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2. Check its permissions and the disk.</source>
        <translation>Die Datei %1 ist nicht lesbar: %2. Prüfen Sie ihre Rechte und den Datenträger.</translation>
    </message>
    <message>
        <source>Nothing is left in the file %1.</source>
        <translation>Von der Datei %1 ist nichts übrig.</translation>
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
    <message>
        <source>%1: “seed” must be a whole number between 0 and 2147483647.</source>
        <translation>%1: „seed“ muss eine ganze Zahl zwischen 0 und 2147483647 sein.</translation>
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
    <name>Galley::ValuePicker</name>
    <message>
        <source>Type to narrow the list</source>
        <translation>Tippen, um die Liste einzugrenzen</translation>
    </message>
    <message>
        <source>Narrow the list</source>
        <translation>Liste eingrenzen</translation>
    </message>
    <message>
        <source>%1  (%2)</source>
        <translation>%1  (%2)</translation>
    </message>
    <message>
        <source>No picture has any yet.</source>
        <translation>Noch hat kein Bild welche.</translation>
    </message>
</context>
<context>
    <name>Galley::WebSocket</name>
    <message>
        <source>&quot;%1&quot; is no address of a WebSocket; it begins with ws:// or wss://.</source>
        <translation>„%1“ ist keine Adresse eines WebSockets; sie beginnt mit ws:// oder wss://.</translation>
    </message>
    <message>
        <source>%1 would be reached without encryption. Use a wss address, or name the address in models.yaml yourself.</source>
        <translation>%1 würde unverschlüsselt erreicht. Nehmen Sie eine wss-Adresse, oder nennen Sie die Adresse selbst in models.yaml.</translation>
    </message>
    <message>
        <source>%1 was not asked because the network is switched off in the settings.</source>
        <translation>%1 wurde nicht gefragt, weil das Netz in den Einstellungen ausgeschaltet ist.</translation>
    </message>
    <message>
        <source>The key for %1 holds a line break. Enter it again under &quot;Services and Keys&quot;.</source>
        <translation>Der Schlüssel für %1 enthält einen Zeilenumbruch. Geben Sie ihn unter Dienste und Schlüssel noch einmal ein.</translation>
    </message>
    <message>
        <source>The connection to %1 was lost.</source>
        <translation>Die Verbindung zu %1 ging verloren.</translation>
    </message>
    <message>
        <source>No connection to %1 could be made. Check that the server runs and that its address in models.yaml is right.</source>
        <translation>Es kam keine Verbindung zu %1 zustande. Prüfen Sie, ob der Server läuft und ob seine Adresse in models.yaml stimmt.</translation>
    </message>
</context>
<context>
    <name>Galley::WeightSources</name>
    <message>
        <source>2.6 GB, 512 px, 1 to 4 steps: the quickest start.</source>
        <translation>2,6 GB, 512 px, 1 bis 4 Schritte: der schnellste Anfang.</translation>
    </message>
    <message>
        <source>Stability AI licence: research and own use; commercial use only under its community licence (yearly revenue below 1 million USD) or a membership.</source>
        <translation>Lizenz von Stability AI: Forschung und eigener Gebrauch; kommerziell nur unter ihrer Community-Lizenz (Jahresumsatz unter 1 Million USD) oder mit einer Mitgliedschaft.</translation>
    </message>
    <message>
        <source>6.9 GB, 512 px, 1 to 4 steps.</source>
        <translation>6,9 GB, 512 px, 1 bis 4 Schritte.</translation>
    </message>
    <message>
        <source>Stability AI licence: as SD-Turbo.</source>
        <translation>Lizenz von Stability AI: wie SD-Turbo.</translation>
    </message>
    <message>
        <source>2.1 GB, 512 to 768 px, 4 steps.</source>
        <translation>2,1 GB, 512 bis 768 px, 4 Schritte.</translation>
    </message>
    <message>
        <source>MIT: any use.</source>
        <translation>MIT: jeder Gebrauch.</translation>
    </message>
    <message>
        <source>2.1 GB, 512 px, 20 to 50 steps.</source>
        <translation>2,1 GB, 512 px, 20 bis 50 Schritte.</translation>
    </message>
    <message>
        <source>CreativeML OpenRAIL-M: commercial use too, except for the uses that it forbids.</source>
        <translation>CreativeML OpenRAIL-M: auch kommerziell, außer für das, was sie verbietet.</translation>
    </message>
    <message>
        <source>6.9 GB, 1024 px, 30 to 50 steps.</source>
        <translation>6,9 GB, 1024 px, 30 bis 50 Schritte.</translation>
    </message>
    <message>
        <source>CreativeML OpenRAIL++-M: commercial use too, except for the uses that it forbids.</source>
        <translation>CreativeML OpenRAIL++-M: auch kommerziell, außer für das, was sie verbietet.</translation>
    </message>
    <message>
        <source>6.9 GB, 1024 px, as many steps as the file&apos;s name says.</source>
        <translation>6,9 GB, 1024 px, so viele Schritte, wie der Name der Datei sagt.</translation>
    </message>
    <message>
        <source>OpenRAIL++: commercial use too, except for the uses that it forbids.</source>
        <translation>OpenRAIL++: auch kommerziell, außer für das, was sie verbietet.</translation>
    </message>
    <message>
        <source>10 MB: small decoder for quick previews of SD 1.5, SD 2.1 and what is distilled from them. It goes into the model&apos;s folder, or beside a single file, as a folder named “taesd” with config.json and diffusion_pytorch_model.safetensors.</source>
        <translation>10 MB: kleiner Decoder für schnelle Vorschauen von SD 1.5, SD 2.1 und was daraus destilliert ist. Er kommt in den Ordner des Modells oder neben eine einzelne Datei, als Ordner „taesd“ mit config.json und diffusion_pytorch_model.safetensors.</translation>
    </message>
    <message>
        <source>10 MB: the same for SDXL and what is distilled from it, as a folder named “taesdxl”.</source>
        <translation>10 MB: dasselbe für SDXL und was daraus destilliert ist, als Ordner „taesdxl“.</translation>
    </message>
</context>
<context>
    <name>Galley::WeightSourcesPanel</name>
    <message>
        <source>Where Official Weights Are</source>
        <translation>Wo es die offiziellen Gewichte gibt</translation>
    </message>
    <message>
        <source>Galley downloads nothing itself. These are the pages of the makers; what is written here of their licences is a summary of November 2026, and theirs is what counts.</source>
        <translation>Galley lädt selbst nichts herunter. Dies sind die Seiten der Urheber; was hier zu ihren Lizenzen steht, ist eine Zusammenfassung vom November 2026, und es gilt, was dort steht.</translation>
    </message>
    <message>
        <source>Address of %1</source>
        <translation>Adresse von %1</translation>
    </message>
    <message>
        <source>Copy the address of %1</source>
        <translation>Die Adresse von %1 kopieren</translation>
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
<context>
    <name>Galley::WorkspaceSwitch</name>
    <message>
        <source>Workspace</source>
        <translation>Arbeitsbereich</translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation>Arbeitsbereiche</translation>
    </message>
</context>
<context>
    <name>Galley::Writer</name>
    <message>
        <source>A mask needs the picture that it belongs to. Send the draft along as start picture.</source>
        <translation>Eine Maske braucht das Bild, zu dem sie gehört. Senden Sie den Entwurf als Startbild mit.</translation>
    </message>
    <message>
        <source>%1 (%2) takes no %3 along with a request. Leave it out, or choose another model.</source>
        <translation>%1 (%2) nimmt mit einer Anfrage nichts von dieser Art an: %3. Lassen Sie es weg, oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>start picture</source>
        <translation>Startbild</translation>
    </message>
    <message>
        <source>%1 reads | as the start of the negative prompt; / was sent for it.</source>
        <translation>%1 liest | als Anfang des negativen Prompts; dafür wurde / gesendet.</translation>
    </message>
    <message>
        <source>%1 takes one start picture; only the first one was sent.</source>
        <translation>%1 nimmt ein Startbild; nur das erste wurde gesendet.</translation>
    </message>
</context>
<context>
    <name>Galley::YamlProblem</name>
    <message>
        <source>%1:%2: %3 (Column %4.)</source>
        <translation>%1:%2: %3 (Spalte %4.)</translation>
    </message>
</context>
<context>
    <name>HttpClient</name>
    <message>
        <source>The proxy setting %1 cannot be used, so nothing was sent. Write it as http://host:port or socks5://host:port.</source>
        <translation>Die Proxy-Einstellung %1 ist nicht benutzbar, darum wurde nichts gesendet. Schreiben Sie http://host:port oder socks5://host:port.</translation>
    </message>
    <message>
        <source>%1 leads elsewhere, and Galley does not follow: %2 Check the address of the backend.</source>
        <translation>%1 führt anderswohin, und Galley folgt nicht: %2 Prüfen Sie die Adresse des Dienstes.</translation>
    </message>
    <message>
        <source>The header %1 cannot be sent: it holds a line break or another forbidden character. Enter the key or the header again, without line breaks.</source>
        <translation>Die Kopfzeile %1 kann nicht gesendet werden: Sie enthält einen Zeilenumbruch oder ein anderes verbotenes Zeichen. Geben Sie Schlüssel oder Kopfzeile noch einmal ohne Zeilenumbrüche ein.</translation>
    </message>
</context>
</TS>
