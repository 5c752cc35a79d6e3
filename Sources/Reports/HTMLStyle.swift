// How the page looks: light or dark as the reader's system is, and on paper.

/// Every text has a contrast of 4.5:1 or more to what is behind it (WCAG 2.2, 1.4.3).
let pageStyle = """
  :root{--paper:#fff;--raised:#f5f7f9;--ink:#1c2024;--quiet:#566069;--line:#8b939b;--edge:#d5dadf;--link:#0b5cad;--on:#fff;--safe:#1a7f37;--depends:#8a6100;--unknown:#6b4fbb;--unsafe:#c4232b;--none:#6a7178}
  @media(prefers-color-scheme:dark){:root{--paper:#15181c;--raised:#1e2328;--ink:#e6e8eb;--quiet:#a7afb7;--line:#6f7780;--edge:#3a4149;--link:#7db7ff;--on:#15181c;--safe:#4cc46a;--depends:#e0ac3a;--unknown:#b9a3f5;--unsafe:#ff8078;--none:#9aa2aa}}
  *{box-sizing:border-box}
  html{background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
  body{margin:0 auto;max-width:80rem;padding:1rem}
  h1{font-size:1.5rem;line-height:1.3;margin:.5rem 0}h2{font-size:1.2rem;margin:2rem 0 .5rem}h3,h4{font-size:1rem;margin:0}
  h3{display:inline;font-weight:600}
  p{margin:.25rem 0}ul,ol{margin:.25rem 0;padding-left:1.25rem}.plain,.counts{list-style:none;padding:0}
  code,pre{font-family:ui-monospace,monospace;font-size:.875rem}
  pre{margin:.25rem 0;padding:.5rem;background:var(--raised);border:1px solid var(--edge);border-radius:4px;white-space:pre-wrap}
  a{color:var(--link)}
  :focus-visible{outline:3px solid var(--link);outline-offset:2px}
  .skip{position:absolute;left:-999rem}.skip:focus{position:static}
  .headline{font-size:1.1rem}
  .quiet{color:var(--quiet);font-size:.875rem}
  .badge{display:inline-block;padding:0 .5rem;border-radius:1rem;color:var(--on);font:bold .875rem/1.5 ui-monospace,monospace;white-space:nowrap}
  .badge.v-safe{background:var(--safe)}.badge.v-depends,.badge.v-wait{background:var(--depends)}.badge.v-unknown{background:var(--unknown)}.badge.v-unsafe{background:var(--unsafe)}.badge.v-none{background:var(--none)}
  .scroll{overflow:auto;max-height:30rem;border:1px solid var(--edge);border-radius:4px;padding:.25rem}
  .graph{display:block}.graph text{fill:var(--ink);font:13px ui-monospace,monospace;white-space:pre}
  .graph a:hover text,.graph a:focus text{text-decoration:underline}
  .revision{border:1px solid var(--edge);border-radius:4px;margin:.5rem 0}
  .revision>summary{padding:.5rem;cursor:pointer}
  .revision[open]>summary{border-bottom:1px solid var(--edge);background:var(--raised)}
  .body{padding:.5rem;scroll-margin-top:4rem}
  .answers{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:.25rem 0}.answers div{display:flex;gap:.5rem}.answers dt{color:var(--quiet)}.answers dd{margin:0;font-weight:600}
  .steps{display:grid;gap:1rem;margin-top:.5rem}.step{min-width:0}
  @media(min-width:56rem){.steps{grid-template-columns:1fr 1fr}}
  .step li{margin:.5rem 0}
  .said{border-left:4px solid var(--none);padding:.125rem .75rem;margin:.25rem 0;font-size:.9375rem}
  .s-error{border-color:var(--unsafe)}.s-error strong{color:var(--unsafe)}
  .s-warning{border-color:var(--depends)}.s-warning strong{color:var(--depends)}
  footer{margin-top:2rem;border-top:1px solid var(--edge)}
  @media print{html{font-size:12px}body{max-width:none;padding:0}.skip{display:none}.scroll{max-height:none;overflow:visible;border:0}.revision{break-inside:auto}details::details-content{content-visibility:visible;block-size:auto;display:block}summary,.said,li{break-inside:avoid}.badge{border:1px solid;print-color-adjust:exact;-webkit-print-color-adjust:exact}}

  """ + GraphPicture.shapes
