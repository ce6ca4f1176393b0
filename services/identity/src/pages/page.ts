import { createHash } from 'node:crypto';
import type { Language } from './language.ts';
import { style } from './style.ts';

const STYLE_HASH = createHash('sha256').update(style).digest('base64');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for the inside of HTML, attributes included. */
export const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** A whole page. The title is text, the content is HTML. */
export const page = (language: Language, title: string, content: string) => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)} · phone82</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${content}</main></body></html>`;

/** Headers of a page. Browsers hold redirects behind a form against `form-action`, hence the gateway. */
export const pageHeaders = (gatewayUrl: string): Readonly<Record<string, string>> => ({
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self' ${gatewayUrl}; ` +
    "frame-ancestors 'none'; base-uri 'none'",
});
