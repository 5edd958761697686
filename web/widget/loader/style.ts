/**
 * How the button and the frame look, by the roles of `web/look/tokens.css`. `!important`: no rule of the page reaches in. The
 * usual z-index is above what pages put on top of themselves, and below what browsers do.
 */
export const style = `
:host{all:initial!important}
div.root{--surface:#fff;--text:#1c1f24;--line:#d9dce2;color-scheme:light;color:var(--text);z-index:2147483000;font:16px/1.45 system-ui,sans-serif}
div.dark{--surface:#1b1d21;--text:#eceef1;--line:#33373e;color-scheme:dark}
.button,.box{position:fixed;right:16px;z-index:inherit;box-sizing:border-box;box-shadow:0 4px 24px rgb(0 0 0/25%)}
.left .button,.left .box{right:auto;left:16px}
.button{bottom:calc(16px + env(safe-area-inset-bottom));display:flex;align-items:center;justify-content:center;gap:8px;height:56px;min-width:56px;max-width:calc(100vw - 32px);margin:0;padding:0 15px;border:1px solid transparent;border-radius:28px;background:var(--accent);color:var(--on);font:inherit;font-weight:600;cursor:pointer}
.button:hover{filter:brightness(.92)}
:focus-visible{outline:2px solid var(--text);outline-offset:2px;box-shadow:0 0 0 2px var(--surface)}
svg{flex:none;width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.words{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.open .words{display:none}
.count{position:absolute;top:-5px;right:-5px;box-sizing:border-box;min-width:22px;padding:0 5px;border-radius:11px;background:#9c1f1f;color:#fff;font-size:13px;line-height:22px;text-align:center}
.count:empty{display:none}
.box{bottom:84px;width:min(380px,100vw - 32px);height:min(620px,100dvh - 100px);overflow:hidden;border:1px solid var(--line);border-radius:12px;background:var(--surface);visibility:hidden;opacity:0;transform:translateY(8px);transition:140ms ease-out}
.open .box{visibility:visible;opacity:1;transform:none}
.phone .box{inset:0;width:100%;height:100%;border:0;border-radius:0}
.phone.open.ready .button{visibility:hidden}
.box::before{content:"";position:absolute;inset:0 0 auto;height:60px;border-bottom:1px solid var(--line)}
iframe{position:relative;display:block;width:100%;height:100%;border:0}
a{position:absolute;inset:60px 0 auto;padding:24px;color:inherit}
.unseen{position:fixed;clip-path:inset(50%)}
@media (prefers-reduced-motion:reduce){.box{transition:none}}
@media print{div.root{display:none}}
`
