"""The peer of `cargo xtask bench letters`: the same letters by WeasyPrint, as PDF/UA-1.

Reads a JSON array of HTML pages, makes the first ones without counting them, prints JSON.
"""

import json
import sys
import time
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

WARM = int(sys.argv[1])
FONTS = Path(sys.argv[2]).resolve()
STYLE = f"""
@font-face {{ font-family: Inter; src: url("file://{FONTS}/Inter-Regular.otf"); }}
@font-face {{ font-family: Inter; font-weight: 600; src: url("file://{FONTS}/Inter-SemiBold.otf"); }}
@page {{ size: A4; margin: 16mm 32mm 26mm 21mm;
  @bottom-right {{ content: "Side " counter(page) " af " counter(pages); }} }}
body {{ font: 10.5pt/1.5 Inter; hyphens: auto; }}
h1, h2, th, .sender {{ font-weight: 600; text-align: left; }}
.window {{ position: absolute; top: 25mm; left: 0; width: 59mm; height: 21mm; }}
h1 {{ margin-top: 70mm; font-size: 19pt; }}
table {{ width: 100%; border-collapse: collapse; }}
th, td {{ border-bottom: 0.4pt solid #c8c8c8; padding: 2.2mm 0; }}
"""

fonts = FontConfiguration()
style = CSS(string=STYLE, font_config=fonts)
pages = json.load(sys.stdin)


def make(page):
    document = HTML(string=page)
    return len(document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1"))


for page in pages[:WARM]:
    make(page)
begun = time.process_time()
size = sum(make(page) for page in pages[WARM:])
seconds = time.process_time() - begun
count = len(pages) - WARM
json.dump(
    {
        "letters_per_core_minute": round(count * 60 / seconds),
        "bytes_per_letter": size // count,
    },
    sys.stdout,
)
