"""What is tried on the pages."""

import math
import os
import time

# Roles of what a person can operate; each needs a name to be read aloud.
OPERATED = ["button", "option", "listbox", "combobox", "slider", "checkbox", "link", "grid",
            "toolbar", "region", "DisclosureTriangle"]

# The least contrast of text with what it stands on, over all visible text.
CONTRAST = """(() => {
  const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    probe.clearRect(0, 0, 1, 1);
    probe.fillStyle = colour;
    probe.fillRect(0, 0, 1, 1);
    return [...probe.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] > 250) return colour;
    }
    return [255, 255, 255, 255];
  };
  let worst = [99, ""];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    if (element.closest("script, style, .hidden, .skip, .space, svg, .off")) continue;
    let opacity = 1;
    for (let at = element; at; at = at.parentElement) opacity *= getComputedStyle(at).opacity;
    const back = ground(element);
    const front = rgba(getComputedStyle(element).color)
      .map((part, at) => part * opacity + back[at] * (1 - opacity));
    const [a, b] = [luminance(front), luminance(back)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst[0]) worst = [ratio, element.outerHTML.slice(0, 80)];
  }
  return worst;
})()"""

# What has the keyboard, in words, and whether that can be seen.
FOCUSED = """(() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at);
  return { id: at.id, name: (at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent).trim(),
    list: at.closest("[id]")?.id, inside: at.parentElement.closest("[id]")?.id,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 };
})()"""

LIVE = "document.querySelector('#live').textContent"


class Report:
    """Counts what held and what did not."""

    def __init__(self, view, pictures):
        self.view = view
        self.pictures = pictures
        self.held = 0
        self.failed = []
        if pictures:
            os.makedirs(pictures, exist_ok=True)

    def check(self, what, holds, found=""):
        if holds:
            self.held += 1
        else:
            self.failed.append(what)
            print(f"FAILED {what}: {found}")

    def picture(self, page, kind):
        if self.pictures:
            name = os.path.splitext(os.path.basename(page))[0]
            self.view.screenshot(os.path.join(self.pictures, f"{name}-{kind}.png"))

    def finish(self):
        print(f"{self.held} held, {len(self.failed)} failed")
        return 1 if self.failed else 0


def general(report, page):
    """What every page must have: light and dark, narrow and wide, with the keyboard, on paper."""
    view, name = report.view, os.path.basename(page)
    for kind, options in [("light", {}), ("dark", {"dark": True}),
                          ("narrow", {"width": 360, "reduced": True})]:
        view.open(page, **options)
        complaints = view.complaints()
        report.check(f"{name} {kind}: no errors and no requests", not complaints, complaints)
        width = view.run("[document.documentElement.scrollWidth, innerWidth]")
        report.check(f"{name} {kind}: nothing sticks out", width[0] <= width[1], width)
        ratio, where = view.run(CONTRAST)
        report.check(f"{name} {kind}: text can be read", ratio >= 4.5, f"{ratio:.2f} at {where}")
        report.picture(page, kind)
    report.check(f"{name}: nothing moves", view.run("document.getAnimations().length") == 0)
    report.check(f"{name}: language and title",
                 view.run("document.documentElement.lang !== '' && document.title !== ''"))
    nameless = [node["role"]["value"] for node in view.accessibility()
                if node["role"]["value"] in OPERATED and not node.get("name", {}).get("value")]
    report.check(f"{name}: everything that is operated has a name", not nameless, nameless)
    headings = view.run("[...document.querySelectorAll('h1, h2, h3')].filter("
                        "(one) => one.checkVisibility()).map((one) => +one.tagName[1])")
    report.check(f"{name}: headings go down step by step",
                 headings[:1] == [1] and all(b - a <= 1 for a, b in zip(headings, headings[1:])),
                 headings)
    walk(report, page, name)
    view.open(page, dark=True)
    view.call("Emulation.setEmulatedMedia", media="print", features=[
        {"name": "prefers-color-scheme", "value": "dark"}])
    ground = view.run("getComputedStyle(document.body).backgroundColor")
    report.check(f"{name}: paper is white", ground == "rgb(255, 255, 255)", ground)
    view.call("Emulation.setEmulatedMedia", media="")
    if report.pictures:
        base = os.path.splitext(name)[0]
        view.pdf(os.path.join(report.pictures, f"{base}.pdf"))


def walk(report, page, name):
    """Goes through the page with Tab, there and back."""
    view = report.view
    view.open(page)
    there = []
    for _ in range(60):
        view.press("Tab")
        focused = view.run(FOCUSED)
        if not focused:
            break
        there.append(focused)
    report.check(f"{name}: Tab comes through and out", 1 <= len(there) < 60, len(there))
    unseen = [one for one in there if not one["ring"]]
    report.check(f"{name}: focus can be seen", not unseen, unseen)
    nameless = [one for one in there if not one["name"]]
    report.check(f"{name}: focus has a name", not nameless, nameless)
    back = []
    view.run("document.activeElement.blur()")
    view.press("Tab")
    for _ in range(len(there) - 1):
        view.press("Tab")
    for _ in there:
        back.append(view.run(FOCUSED))
        view.press("Shift+Tab")
    report.check(f"{name}: Shift+Tab goes back the same way",
                 [one and one["name"] for one in back] == [one["name"] for one in there[::-1]],
                 [one and one["name"] for one in back])


def attention(report, made):
    numbers(report, made)
    neurons(report, made)
    chosen(report, made["chosen"])
    image(report, made["image"])
    words(report, made["words"])
    tokens(report, made["causal"])
    grid(report, made["causal"])
    pairs(report, made["pair"])
    sides(report, made["sides"])
    hostile(report, made["hostile"])
    paper(report, made["causal"])


def open_head(view, layer, head):
    view.run(f"document.querySelector('[data-layer=\"{layer}\"][data-head=\"{head}\"]').click()")


def weight_rows(view):
    """The weights' table, cell by cell."""
    view.run("document.querySelector('#weights').open = true")
    view.settle()
    return view.run("[...document.querySelectorAll('#weights-table tbody tr')]"
                    ".map((row) => [...row.cells].map((cell) => cell.textContent))")


def numbers(report, made):
    """The page's weights and changes are the program's."""
    view, patterns = report.view, made["patterns"]
    view.open(made["causal"])
    layers, heads, queries, keys = patterns["shape"]
    worst = 0
    for layer in range(layers):
        for head in [layer % heads, (layer + 2) % heads]:
            open_head(view, layer, head)
            for query in [0, queries // 2, queries - 1]:
                view.run(f"document.querySelectorAll('#queries li')[{query}].click()")
                rows = weight_rows(view)
                start = ((layer * heads + head) * queries + query) * keys
                exact = patterns["data"][start:start + keys]
                for cells in rows:
                    shown = 0.0005 if cells[2].startswith("<") else float(cells[2])
                    worst = max(worst, abs(shown - exact[int(cells[0])]))
                view.run(f"document.querySelectorAll('#queries li')[{query}].click()")
    report.check("weights are the program's to 0.0065", worst <= 0.0065, worst)
    shown = view.run("[...document.querySelectorAll('#ranks tbody tr')]"
                     ".map((row) => [...row.cells].map((cell) => cell.textContent))")
    changes = {row["address"]: row["change"] for row in made["changes"]}
    report.check("all heads are ranked", {row[0] for row in shown} == set(changes), shown)
    off = [(row, changes[row[0]]) for row in shown
           if abs(float(row[1].replace("−", "-")) - changes[row[0]])
           > 0.051 * abs(changes[row[0]]) + 1e-12]
    report.check("changes are those of `sweep`", not off, off)
    sizes = [abs(changes[row[0]]) for row in shown]
    report.check("the largest change stands first", sizes == sorted(sizes, reverse=True), sizes)
    view.run("document.querySelector('th[data-by=change] button').click()")
    ordered = view.run("[...document.querySelectorAll('#ranks tbody tr')]"
                       ".map((row) => row.cells[0].textContent)")
    expected = sorted(changes, key=lambda name: -changes[name])
    report.check("sorting by change sorts", ordered == expected, ordered)
    report.check("the sorted column says so",
                 view.run("document.querySelector('th[data-by=change]').ariaSort") == "descending")


def neurons(report, made):
    """Products of queries and keys are the program's, and weights follow from them."""
    view, queries, keys = report.view, made["queries"], made["keys"]
    width = queries["shape"][-1]
    rows = lambda tensor: [tensor["data"][at:at + width]
                           for at in range(0, len(tensor["data"]), width)]
    queries, keys = rows(queries), rows(keys)
    view.open(made["causal"])
    open_head(view, 1, 2)
    query = len(queries) // 2
    view.run(f"(() => {{ const box = document.querySelector('#query'); box.value = '{query}';"
             " box.dispatchEvent(new Event('change')); })()")
    view.settle()
    found = view.run("[...document.querySelectorAll('#neurons-table tbody tr')].slice(1)"
                     ".map((row) => [...row.cells].map((cell) => cell.textContent))")
    report.check("a query has the keys that it sees", [int(row[0]) for row in found]
                 == list(range(query + 1)), found)
    number = lambda text: float(text.replace("−", "-").replace("<", ""))
    worst, total, wrong = 0, 0, []
    for row in found:
        key = keys[int(row[0])]
        exact = sum(a * b for a, b in zip(queries[query], key))
        size = sum(abs(a * b) for a, b in zip(queries[query], key))
        worst = max(worst, abs(number(row[4]) - exact) / size)
        total += math.exp(number(row[5]))
        products = [a * b for a, b in zip(queries[query], key)]
        place = int(row[7].split(":")[0])
        if abs(products[place]) < 0.9 * max(map(abs, products)):
            wrong.append(row)
    report.check("products are the program's to 2 %", worst < 0.02, worst)
    report.check("the strongest numbers are named", not wrong, wrong)
    off = max(abs(math.exp(number(row[5])) / total - number(row[6])) for row in found)
    report.check("weights are the softmax of the scores", off < 0.03, off)
    colours = view.run("[...document.querySelectorAll('#neurons-table canvas')].map((strip) =>"
                       " strip.width)")
    report.check("each vector is a strip", colours == [width] * (2 * len(found) + 1), colours)
    view.run("document.querySelectorAll('#queries li')[3].click()")
    view.settle()
    report.check("a held token's query is shown",
                 view.run("document.querySelector('#query').value") == "3")
    report.picture(made["causal"], "neurons")


def chosen(report, page):
    """Some heads: one of layer 1, all of layer 3."""
    view = report.view
    view.open(page)
    names = view.run("[...document.querySelectorAll('#grid button')].map((one) =>"
                     " one.ariaLabel.split(',')[0])")
    report.check("the page has the chosen heads",
                 names == ["L1.H3", "L3.H0", "L3.H1", "L3.H2", "L3.H3"], names)
    view.run("document.querySelector('#grid button').focus()")
    view.press("ArrowDown", "ArrowLeft", "ArrowUp")
    focused = view.run(FOCUSED)
    report.check("arrow keys find the nearest head", focused["name"].startswith("L1.H3"), focused)
    view.press("ArrowDown", "Enter")
    view.settle()
    report.check("the head opens under its own number",
                 view.run("document.querySelector('#which').textContent") == "L3.H3")
    drawn = view.run("[...document.querySelectorAll('#grid canvas')].map((one) => [...one"
                     ".getContext('2d').getImageData(0, 0, one.width, one.height).data]"
                     ".some((part) => part > 0))")
    report.check("all thumbnails are drawn", all(drawn), drawn)


def image(report, page):
    """Weights lie over the patches of an image."""
    view = report.view
    view.open(page)
    report.check("an image has a map", view.run("document.querySelector('#map').checkVisibility()"))
    mean = ("(() => { const map = document.querySelector('#map canvas');"
            " return map.getContext('2d').getImageData(0, 0, map.width, map.height).data"
            ".reduce((sum, part) => sum + part, 0); })()")
    before = view.run(mean)
    view.run("document.querySelector('#queries li').focus()")
    view.press("ArrowDown", "ArrowDown", "ArrowDown")
    view.settle()
    note = view.run("document.querySelector('#map-note').textContent")
    report.check("the map follows the token", view.run(mean) != before and "0,2" in note, note)
    view.open(page)
    report.picture(page, "map")


def words(report, page):
    """Every sign of a text can be seen, whatever its script and direction."""
    view = report.view
    view.open(page)
    report.check("tokens keep their direction to themselves", view.run(
        "[...document.querySelectorAll('#queries li')].every((one) =>"
        " getComputedStyle(one).direction === 'ltr' && one.querySelector('bdi'))"))
    tall = view.run("[...document.querySelectorAll('#queries li')].filter((one) =>"
                    " one.getBoundingClientRect().height !== 24).length")
    report.check("every token takes one row", tall == 0, tall)


def tokens(report, page):
    """Tokens by keyboard: moving, holding, the value of a pair, letting go."""
    view = report.view
    view.open(page)
    view.run("document.querySelector('#queries li').focus()")
    view.press("ArrowDown", "ArrowDown", "ArrowDown")
    view.settle()
    focused = view.run(FOCUSED)
    report.check("arrow keys go through tokens", focused["name"].endswith("position 3"), focused)
    said = view.run(LIVE)
    report.check("a token's strongest partners are said", "attends most to" in said, said)
    view.press("Enter", "ArrowRight", "ArrowUp")
    view.settle()
    said = view.run(LIVE)
    report.check("a pair's weight is said", " attends to " in said and "(3)" in said
                 and "(2)" in said and any(sign.isdigit() for sign in said.split("with")[-1]), said)
    report.check("a pair's weight is shown",
                 view.run("document.querySelector('#readout').textContent") == said)
    report.check("the held token is marked", view.run(
        "document.querySelector('#queries [aria-selected=true]').ariaLabel")
        .endswith("position 3"))
    report.picture(page, "held")
    view.press("Escape")
    view.settle()
    report.check("Escape lets go", view.run(
        "document.querySelectorAll('#tokens [aria-selected=true]').length") == 0)
    view.press("End")
    last = view.run("document.querySelectorAll('#keys li').length") - 1
    report.check("End goes to the last token",
                 view.run(FOCUSED)["name"].endswith(f"position {last}"))
    box = view.run("(() => { const box = document.querySelector('#queries li:nth-child(5)')"
                   ".getBoundingClientRect(); return [box.x + 20, box.y + 9]; })()")
    view.call("Input.dispatchMouseEvent", type="mouseMoved", x=box[0], y=box[1])
    view.settle()
    readout = view.run("document.querySelector('#readout').textContent")
    report.check("pointing shows a token's partners", "(4) attends most to" in readout, readout)


def grid(report, page):
    """The grid by keyboard."""
    view = report.view
    view.open(page)
    view.run("document.querySelector('#grid [tabindex=\"0\"]').focus()")
    view.press("Home", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowRight",
               "ArrowRight")
    focused = view.run(FOCUSED)
    report.check("arrow keys go through the grid", focused["name"].startswith("L1.H2"), focused)
    report.check("a head's change is in its name", "loss changes by" in focused["name"], focused)
    view.press("Enter")
    view.settle()
    report.check("Enter opens a head", view.run(
        "document.querySelector('#layer').value === '1' && document.querySelector("
        "'#heads [aria-pressed=true]').textContent === 'H2' && document.querySelector("
        "'#which').textContent === 'L1.H2'"))
    report.check("opening is said", view.run(LIVE).startswith("L1.H2"), view.run(LIVE))
    view.run("document.querySelector('#heads [tabindex=\"0\"]').focus()")
    view.press("ArrowRight", "Enter")
    report.check("one head at a time", view.run("document.querySelector('#which').textContent")
                 == "L1.H3")
    view.click("#all")
    report.check("all heads at once", view.run("document.querySelector('#which').textContent")
                 == "L1.H0 L1.H1 L1.H2 L1.H3")


def pairs(report, page):
    """The filters: special tokens, sentences."""
    view = report.view
    view.open(page)
    count = "document.querySelectorAll('#keys .off').length"
    report.check("everything is shown at first", view.run(count) == 0)
    view.click("#special")
    hidden = view.run(count)
    report.check("special tokens go away", 2 <= hidden <= 6, hidden)
    view.run("(() => { const box = document.querySelector('#pairs'); box.value = '01';"
             " box.dispatchEvent(new Event('change')); })()")
    total = view.run("document.querySelectorAll('#keys li').length")
    shown = view.run("['queries', 'keys'].map((list) => [...document.querySelectorAll("
                     "`#${list} li:not(.off)`)].map((item) => +item.ariaLabel.split(' ').pop()))")
    report.check("A attends to B: queries of A, keys of B, nothing else",
                 len(shown[0]) > 2 and len(shown[1]) > 2 and max(shown[0]) < min(shown[1])
                 and len(shown[0]) + len(shown[1]) == total - hidden, shown)
    rows = weight_rows(view)
    report.check("the table has what is shown", [int(row[0]) for row in rows] == shown[0], rows)
    view.run("document.querySelector('#queries li:not(.off)').click()")
    view.settle()
    readout = view.run("document.querySelector('#readout').textContent")
    report.check("what is hidden is said", "goes to tokens that are not shown" in readout, readout)
    report.picture(page, "filtered")


def sides(report, page):
    """Encoder, decoder, and attention from one to the other."""
    view = report.view
    view.open(page)
    names = view.run("[...document.querySelectorAll('#side option')].map((one) => one.text)")
    report.check("three attentions", names == ["Encoder", "Decoder", "Decoder to encoder"], names)
    counts = []
    for side in range(3):
        view.run(f"(() => {{ const box = document.querySelector('#side'); box.value = '{side}';"
                 " box.dispatchEvent(new Event('change')); })()")
        counts.append(view.run("['queries', 'keys'].map((list) =>"
                               " document.querySelectorAll(`#${list} li`).length)"))
    (a, b), (c, d), cross = counts
    report.check("cross attention goes from target to source",
                 a == b and c == d and cross == [c, a] and a != c, counts)
    name = view.run("document.querySelector('#which').textContent")
    report.check("addresses name the side", name.startswith("dec.L") and ".cross.H" in name, name)
    report.picture(page, "cross")


def hostile(report, page):
    """Text that tries to be more than text."""
    view = report.view
    view.open(page)
    text = view.run("document.querySelector('header .text').textContent")
    report.check("text stays text", "</script><script>alert(1)" in text, text)
    seen = view.run("[...document.querySelectorAll('#queries bdi')]"
                    ".map((one) => one.textContent).join('')")
    invisible = [f"{ord(sign):x}" for sign in seen
                 if ord(sign) < 32 or 0x200B <= ord(sign) <= 0x202F]
    report.check("nothing in a token is invisible", not invisible, invisible)


def paper(report, page):
    """What is printed is dark on white and has all rows, also of a dark page."""
    view = report.view
    view.open(page, dark=True)
    view.run("dispatchEvent(new Event('beforeprint'))")
    printed = view.run("[[...document.querySelectorAll('#strips canvas')].reduce((sum, strip) =>"
                       " sum + strip.height, 0), document.querySelectorAll('#queries li').length"
                       " * parseFloat(getComputedStyle(document.documentElement)"
                       ".getPropertyValue('--row'))]")
    report.check("paper has every row", printed[0] == 2 * printed[1], printed)
    view.run("dispatchEvent(new Event('afterprint'))")
    report.check("after printing the screen is as before", view.run(
        "document.querySelectorAll('#strips canvas').length === 0"
        " && document.querySelector('#lines').height > 0"))


def large(report, page):
    """512 tokens and 144 heads stay usable.

    Times are of the processor, over all of the browser's processes: the clock's are shown, but they
    depend on what else the machine does.
    """
    view = report.view
    size = os.path.getsize(page) / 1e6

    def measure(what, most, action, turns=5):
        worst, slowest = 0, 0
        for turn in range(turns):
            computed, began = view.processor_seconds(), time.monotonic()
            action(turn)
            view.run("new Promise((done) => requestAnimationFrame(() =>"
                     " requestAnimationFrame(done)))")
            slowest = max(slowest, time.monotonic() - began)
            worst = max(worst, view.processor_seconds() - computed)
        print(f"  {what}: {1000 * worst:.0f} ms of the processor, {1000 * slowest:.0f} ms by the "
              f"clock, at most of {turns}")
        report.check(f"{what} takes less than {most} s", worst < most, worst)

    print(f"512 tokens, 144 heads: {size:.1f} MB")
    report.check("the page stays small", size < 25, size)
    measure("opening the page", 2, lambda _: view.open(page), turns=2)
    paint, drawn = view.run("[performance.getEntriesByName('first-contentful-paint')[0].startTime,"
                            " performance.getEntriesByName('drawn')[0].startTime]")
    print(f"  first paint after {paint:.0f} ms by the clock, lines after {drawn:.0f} ms")
    load = os.getloadavg()[0] / os.cpu_count()
    report.check("first paint within a second", paint < 1000 or load > 1, paint)
    shape = view.run("[document.querySelectorAll('#queries li').length,"
                     " document.querySelectorAll('#grid button').length]")
    report.check("the large page has 512 tokens and 144 heads", shape == [512, 144], shape)
    view.call("Performance.enable")

    def busy():
        found = view.call("Performance.getMetrics")["metrics"]
        return next(one["value"] for one in found if one["name"] == "TaskDuration")

    def respond(what, action, turns=5):
        """The page's own work until the next picture, at least of the turns: others only add to it."""
        least = []
        for turn in range(turns):
            began = busy()
            action(turn)
            view.run("new Promise((done) => requestAnimationFrame(() =>"
                     " requestAnimationFrame(done)))")
            least.append(busy() - began)
        print(f"  {what}: {1000 * min(least):.0f} to {1000 * max(least):.0f} ms of the page's thread")
        report.check(f"{what} takes less than 100 ms", min(least) < 0.1, least)

    respond("choosing a head", lambda turn: open_head(view, turn, turn + 3))
    respond("another layer", lambda turn: view.run(
        f"(() => {{ const box = document.querySelector('#layer'); box.value = '{turn + 6}';"
        " box.dispatchEvent(new Event('change')); })()"))
    respond("pointing at a token", lambda turn: view.run(
        f"document.querySelectorAll('#queries li')[{turn * 3 + 2}].dispatchEvent("
        "new PointerEvent('pointerover', { bubbles: true }))"))
    respond("going to all heads", lambda _: view.run(
        "document.querySelector('#model-view').scrollIntoView()"))
    respond("a query's products", lambda turn: view.run(
        f"(() => {{ const box = document.querySelector('#query'); box.value = '{turn * 100}';"
        " box.dispatchEvent(new Event('change')); })()"))
    measure("showing 12 heads", 1, lambda _: view.click("#all"), turns=1)
    respond("pointing at a token, 12 heads", lambda turn: view.run(
        f"document.querySelectorAll('#queries li')[{turn * 3 + 2}].dispatchEvent("
        "new PointerEvent('pointerover', { bubbles: true }))"))
    measure("holding a token, 12 heads", 0.3, lambda turn: view.run(
        f"document.querySelectorAll('#queries li')[{turn * 100}].click()"))
    view.press("Escape")
    measure("scrolling, 12 heads", 0.5, lambda turn: view.run(
        f"document.querySelector('#scroller').scrollTop = {turn * 2000}"))
    report.picture(page, "large")
