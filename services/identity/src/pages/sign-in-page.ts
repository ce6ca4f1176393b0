import type { Language } from './language.ts';
import { escapeHtml, page } from './page.ts';
import { textsIn } from './texts.ts';

/** Why the form is shown again. */
export type Refusal =
  | { readonly kind: 'wrong' }
  | { readonly kind: 'ticketUsed' }
  | { readonly kind: 'tooMany'; readonly waitMs: number };

/** The form for user name and password. It has no script. */
export function signInPage(language: Language, userName: string, refusal?: Refusal): string {
  const texts = textsIn(language);
  const alert = refusal ? `<p class="alert" role="alert" id="why">${reason(language, refusal)}</p>` : '';
  const described = refusal ? ' aria-describedby="why"' : '';
  return page(
    language,
    texts.signIn,
    `<p>${texts.lead}</p>${alert}<form method="post">
<label for="user">${texts.userName}</label>
<input id="user" name="user" autocomplete="username" autocapitalize="none" spellcheck="false" autofocus required maxlength="64" value="${escapeHtml(userName)}"${described}>
<label for="password">${texts.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="256"${described}>
<button>${texts.submit}</button></form><p class="note">${texts.noPassword}</p>`,
  );
}

function reason(language: Language, refusal: Refusal): string {
  const texts = textsIn(language);
  return refusal.kind === 'tooMany' ? texts.tooMany(Math.ceil(refusal.waitMs / 60_000)) : texts[refusal.kind];
}
