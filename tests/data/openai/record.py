#!/usr/bin/env python3
"""Records what the official client sends, for tst_openairecorded.

    python3 -m venv /tmp/recorder && /tmp/recorder/bin/pip install openai==3.57.0
    /tmp/recorder/bin/python tests/data/openai/record.py tests/data/openai/requests.json

Every call goes to a server of this script on loopback, which answers with the smallest picture there is. Run by hand, once for each version of the
package; the test itself needs neither Python nor the package.
"""

import base64
import email.parser
import email.policy
import hashlib
import http.server
import json
import sys
import threading

import openai

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
ANSWER = {"created": 1795420800, "data": [{"b64_json": base64.b64encode(PIXEL).decode()}]}
START = b"\x89PNG\r\n\x1a\nstart"
MASK = b"\x89PNG\r\n\x1a\nmask"
received = []


def parts_of(content_type, body):
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        entry = {"name": part.get_param("name", header="content-disposition"), "filename": part.get_filename(),
                 "type": part["content-type"] and str(part["content-type"])}
        if part.get_filename():
            entry |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        else:
            entry["text"] = content.decode()
        yield entry


class Recorder(http.server.BaseHTTPRequestHandler):
    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        kind = self.headers.get("Content-Type", "")
        entry = {"method": self.command, "path": self.path, "content_type": kind.split(";")[0],
                 "headers": {name.lower(): value for name, value in self.headers.items() if name.lower() not in ("host", "content-length")}}
        if kind.startswith("multipart/"):
            entry["headers"]["content-type"] = "multipart/form-data; boundary=…"
            entry["parts"] = list(parts_of(kind, body))
        elif body:
            entry["body"] = json.loads(body)
        received.append(entry)
        if self.path.endswith("/models"):
            self.reply("application/json", json.dumps({"object": "list", "data": []}))
        elif b'"stream":true' in body.replace(b" ", b"") or b'name="stream"' in body:
            self.reply("text/event-stream", "data: [DONE]\n\n")
        else:
            self.reply("application/json", json.dumps(ANSWER))

    do_GET = do_POST = answer

    def reply(self, kind, text):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


# name -> what both clients are asked for. The test reads "ask" and makes an EngineRequest of it.
CALLS = {
    "generate": {"model": "gpt-image-2.6-sunburst", "prompt": "poster that says HELLO", "size": "1536x1024", "n": 1,
                 "options": {"quality": "high", "output_format": "png"}},
    "generate several": {"model": "gpt-image-2", "prompt": "a basket of apples", "size": "1024x1024", "n": 4, "options": {}},
    "generate words beyond ASCII": {"model": "gpt-image-2", "prompt": "Grüße aus „Köln“\n苹果 🍎", "size": "1024x1536", "n": 1,
                                    "options": {"background": "opaque", "output_compression": 80, "output_format": "jpeg"}},
    "stream": {"model": "gpt-image-2.6-flare", "prompt": "a kite", "size": "1024x1024", "n": 1, "stream": True, "options": {"partial_images": 2}},
    "edit": {"model": "gpt-image-2", "prompt": "make it blue", "size": "1024x1024", "n": 1, "starts": 1, "options": {}},
    "edit with mask": {"model": "gpt-image-2", "prompt": "make it \"blue\"; ü", "size": "1024x1024", "n": 2, "starts": 1, "mask": True,
                       "options": {"quality": "low"}},
    "edit of several": {"model": "gpt-image-2", "prompt": "both", "size": "1536x1024", "n": 1, "starts": 2, "options": {}},
    "edit streamed": {"model": "gpt-image-2", "prompt": "again", "size": "1024x1024", "n": 1, "starts": 1, "stream": True,
                      "options": {"partial_images": 1}},
}


def call(client, ask):
    words = {name: ask[name] for name in ("model", "prompt", "size", "n")} | ask["options"]
    if "stream" in ask:
        words["stream"] = True
    if ask.get("starts"):
        names = ["start.png"] + [f"start{i}.png" for i in range(2, ask["starts"] + 1)]
        words["image"] = [(name, START, "image/png") for name in names]
        if ask.get("mask"):
            words["mask"] = ("mask.png", MASK, "image/png")
        answer = client.images.edit(**words)
    else:
        answer = client.images.generate(**words)
    if "stream" in ask:
        list(answer)


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    client = openai.OpenAI(api_key="sk-recorded", base_url=f"http://127.0.0.1:{server.server_port}/v1", organization="org-1", project="proj-1",
                           max_retries=0)
    requests = []
    for name, ask in CALLS.items():
        received.clear()
        call(client, ask)
        assert len(received) == 1, name
        requests.append({"name": name, "ask": ask, "request": received[0]})
    received.clear()
    client.models.list()
    requests.append({"name": "list models", "ask": {}, "request": received[0]})
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump({"package": f"openai {openai.__version__}", "start_png": base64.b64encode(START).decode(),
                   "mask_png": base64.b64encode(MASK).decode(), "requests": requests}, file, ensure_ascii=False, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
