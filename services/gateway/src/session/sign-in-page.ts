import { problems } from '@phone82/contracts';
import { type HttpServer, Problem, preferredLanguage } from '@phone82/http';

const words = {
  ko: { title: '로그인하지 못했습니다', again: '다시 로그인' },
  en: { title: 'Sign-in failed', again: 'Sign in again' },
};

/** A person whose sign-in fails gets a page with words and a link; a program gets the problem as everywhere. */
export function answerFailedSignIns(scope: HttpServer): void {
  scope.setErrorHandler((error, request, reply) => {
    const { accept = '', 'accept-language': wishes } = request.headers;
    const problem = error instanceof Problem ? error : tooMany(error);
    if (!problem || !accept.includes('text/html')) throw error;
    const language = preferredLanguage(wishes);
    const { title, again } = words[language];
    if (problem.retryAfterSeconds !== undefined)
      reply.header('retry-after', String(problem.retryAfterSeconds));
    request.refusedWith = problem.code;
    return reply
      .code(problem.status)
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-language', language)
      .send(
        `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${title}</title>` +
          `<h1>${title}</h1><p>${problems[problem.code][language]}</p>` +
          `<p><a href="/session/sign-in">${again}</a></p></html>`,
      );
  });
}

const tooMany = (error: unknown) =>
  (error as { statusCode?: number }).statusCode === 429 ? new Problem('too-many-requests') : undefined;
