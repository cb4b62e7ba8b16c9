"""A headless Chromium, driven through a pipe; nothing but Python's library is needed."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def find():
    """The browser's path; none where there is no browser."""
    given = os.environ.get("SONDE_BROWSER")
    return given or next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """A browser with one page, closed at the end of a `with`."""

    def __init__(self, path):
        self.folder = tempfile.TemporaryDirectory(prefix="sonde-browser-")
        to_read, self.output = os.pipe()
        self.input, to_write = os.pipe()

        def connect():
            # The ends may already have the numbers that the browser expects; they are moved away first.
            read, write = os.dup(to_read), os.dup(to_write)
            os.dup2(read, 3)
            os.dup2(write, 4)

        self.process = subprocess.Popen(
            [path, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
             "--no-first-run", "--disable-extensions", "--disable-background-networking",
             "--hide-scrollbars", "--force-color-profile=srgb",
             f"--user-data-dir={self.folder.name}", "about:blank"],
            preexec_fn=connect, close_fds=False, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.pending = b""
        self.next_id = 0
        self.events = []
        self.session = None
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        attached = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self.session = attached["sessionId"]
        for domain in ["Page", "Runtime", "Network", "Log", "DOM", "Accessibility"]:
            self.call(domain + ".enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.close(self.output)
        os.close(self.input)
        try:
            self.folder.cleanup()
        except OSError:
            pass

    def message(self):
        while b"\0" not in self.pending:
            more = os.read(self.input, 1 << 20)
            if not more:
                raise RuntimeError("the browser ended")
            self.pending += more
        text, self.pending = self.pending.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **parameters):
        """Calls a method of the browser's protocol; events that come meanwhile are kept."""
        self.next_id += 1
        request = {"id": self.next_id, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.output, json.dumps(request).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.next_id:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, path, *, width=1280, height=900, dark=False, reduced=False):
        """Opens a file, and gives the seconds until it was loaded."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce" if reduced else "no-preference"}])
        self.events.clear()
        began = time.monotonic()
        self.call("Page.navigate", url="file://" + os.path.abspath(path))
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.message())
        self.settle()
        return time.monotonic() - began

    def run(self, expression):
        """The value of an expression in the page; a promise is waited for."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True,
                           awaitPromise=True, userGesture=True)
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
        return result["result"].get("value")

    def settle(self):
        """Waits until the page has drawn what it was asked to, and said what it had to say."""
        self.run("new Promise((done) => setTimeout("
                 "() => requestAnimationFrame(() => requestAnimationFrame(done)), 160))")

    def press(self, *keys):
        """Presses keys one after the other: `Tab`, `Shift+Tab`, `Enter`."""
        codes = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "PageUp": 33, "PageDown": 34,
                 "End": 35, "Home": 36, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39,
                 "ArrowDown": 40}
        for name in keys:
            shift, key = name.startswith("Shift+"), name.removeprefix("Shift+")
            event = {"key": key, "code": "Space" if key == " " else key,
                     "windowsVirtualKeyCode": codes[key], "modifiers": 8 if shift else 0}
            text = {"Enter": "\r", " ": " "}.get(key)
            self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown",
                      **event, **({"text": text} if text else {}))
            self.call("Input.dispatchKeyEvent", type="keyUp", **event)

    def click(self, selector):
        """Clicks the middle of an element."""
        x, y = self.run(
            f"(() => {{ const box = document.querySelector({json.dumps(selector)});"
            " box.scrollIntoView({block: 'center'}); const area = box.getBoundingClientRect();"
            " return [area.x + area.width / 2, area.y + area.height / 2]; })()")
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"]:
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y,
                      button="none" if kind == "mouseMoved" else "left", clickCount=1)

    def accessibility(self):
        """The nodes that assistive software sees."""
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        return [node for node in nodes if not node.get("ignored")]

    def complaints(self):
        """Errors of the page, and requests for anything but the page itself."""
        found = []
        for event in self.events:
            method, details = event.get("method"), event.get("params", {})
            if method == "Runtime.exceptionThrown":
                found.append(details["exceptionDetails"].get("exception", {}).get("description"))
            elif method == "Log.entryAdded" and details["entry"]["level"] != "verbose":
                found.append(details["entry"]["text"])
            elif method == "Runtime.consoleAPICalled" and details["type"] in ["error", "warning"]:
                found.append(f"console: {details['args']}")
            elif method == "Network.requestWillBeSent" and details["type"] != "Document":
                found.append(f"request: {details['request']['url'][:80]}")
        return found

    def processor_seconds(self):
        """What the browser's processes have computed: independent of what else the machine does."""
        parents, times = {}, {}
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{name}/stat") as file:
                    fields = file.read().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(name)] = int(fields[1])
            times[int(name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

        def belongs(process):
            while process and process != self.process.pid:
                process = parents.get(process)
            return bool(process)

        return sum(seconds for process, seconds in times.items() if belongs(process))

    def save(self, path, method, **parameters):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call(method, **parameters)["data"]))

    def screenshot(self, path, *, whole=True):
        self.save(path, "Page.captureScreenshot", captureBeyondViewport=whole)

    def pdf(self, path):
        self.save(path, "Page.printToPDF", printBackground=True, preferCSSPageSize=True)
