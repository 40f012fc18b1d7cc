// The look of the notice. A style sheet made by script needs no permission from the site's content security policy; the shadow root keeps the
// site's styles out.

/** Both answers look the same, so neither is easier to give. */
const CSS = `
:host{all:initial;position:fixed;inset:auto 0 0 0;z-index:2147483647;display:block}
section{box-sizing:border-box;max-height:60vh;overflow:auto;padding:16px max(16px,calc(50vw - 480px));background:#fff;color:#1a1a1a;border-top:3px solid #1a1a1a;box-shadow:0 -2px 12px #0003;font:16px/1.7 system-ui,"Hiragino Sans","Noto Sans JP",sans-serif;outline:0}
h2{margin:0 0 4px;font-size:18px;line-height:1.5}
p{margin:0 0 8px}
div{display:flex;flex-wrap:wrap;gap:8px 12px;margin:8px 0}
button{min-height:44px;min-width:144px;padding:4px 20px;border:2px solid #1a1a1a;border-radius:6px;background:#fff;color:#1a1a1a;font:inherit;font-weight:bold;cursor:pointer}
button:hover,summary:hover{text-decoration:underline}
a{color:#0017c1}
:focus-visible{outline:4px solid #000;outline-offset:2px;box-shadow:0 0 0 2px #ffd43d}
section:focus-visible{outline:0}
summary{cursor:pointer;padding:8px 0}
label{display:flex;gap:10px;align-items:flex-start;padding:8px 0;width:100%}
input{flex:none;width:22px;height:22px;margin:2px}
@media print{:host{display:none}}`;

/** Gives a document or shadow root a style sheet; returns its setter. Safari before 16.4 needs an element, which a policy may bar. */
function sheetOn(root: Document | ShadowRoot): (css: string) => void {
  if ('adoptedStyleSheets' in Document.prototype) {
    const sheet = new CSSStyleSheet();
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return (css) => sheet.replaceSync(css);
  }
  const style = document.createElement('style');
  (root === document ? document.head : root).append(style);
  return (css) => {
    style.textContent = css;
  };
}

export const dress = (shadow: ShadowRoot): void => sheetOn(shadow)(CSS);

/** Reserves room as high as the notice at the end of the page, so that the notice covers nothing for good and nothing in view moves. */
export function makeRoom(): (height: number) => void {
  const fill = sheetOn(document);
  return (height) =>
    fill(
      height > 0
        ? `html{scroll-padding-bottom:${height}px}html::after{content:"";display:block;height:${height}px}`
        : '',
    );
}
