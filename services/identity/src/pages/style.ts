/** The colours and sizes of the customer's pages, as far as these few pages need them. */
export const style = `
:root{color-scheme:light dark;--paper:light-dark(#f7f6f2,#121411);--surface:light-dark(#fff,#1b1e1a);--ink:light-dark(#191b17,#f0efe8);
--ink-2:light-dark(#4e5049,#bcbdb2);--line:light-dark(#e2dfd6,#31352f);--edge:light-dark(#86887c,#767a6f);--accent:light-dark(#0b6557,#5ed1b7);
--accent-press:light-dark(#084d42,#86e2cd);--on-accent:light-dark(#fff,#04211b);--bad-soft:light-dark(#fbe7e1,#3d1a11);
--on-bad-soft:light-dark(#8f2610,#ffb8a4);--focus:light-dark(#0b6557,#8cf0da);
--font:"Pretendard Variable",Pretendard,"Noto Sans KR",system-ui,sans-serif}
*{box-sizing:border-box}
body{margin:0;padding:3.5rem 1.25rem;background:var(--paper);color:var(--ink);font:450 1.0625rem/1.6 var(--font)}
main{max-width:26rem;margin:0 auto;padding:2rem 1.5rem;background:var(--surface);border:1px solid var(--line);border-radius:1.375rem}
h1{margin:0 0 .5rem;font:750 2rem/1.28 var(--font);letter-spacing:-.022em;text-wrap:balance}
p{margin:0 0 1.5rem}
form{display:grid;gap:.5rem;margin:0}
label{margin-top:.75rem;font:600 .9375rem/1.45 var(--font)}
input{width:100%;min-height:3.25rem;padding:0 1rem;border:1px solid var(--edge);border-radius:.75rem;background:var(--surface);color:var(--ink);font:inherit}
button{min-height:3.25rem;margin-top:1.25rem;border:0;border-radius:.75rem;background:var(--accent);color:var(--on-accent);font:600 1.0625rem/1.4 var(--font);cursor:pointer}
button:hover{background:var(--accent-press)}
button.second{margin-top:.25rem;background:none;color:var(--accent)}
a{display:inline-block;padding:.625rem 0;color:var(--accent)}
code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.9em;overflow-wrap:anywhere}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.alert{padding:.75rem 1rem;border-radius:.75rem;background:var(--bad-soft);color:var(--on-bad-soft)}
.note{margin:1.5rem 0 0;color:var(--ink-2);font-size:.875rem}
@media(max-width:374px){body{padding-inline:1rem}h1{font-size:1.75rem}}
@media(prefers-contrast:more){:root{--line:var(--edge);--ink-2:var(--ink)}}
`;
