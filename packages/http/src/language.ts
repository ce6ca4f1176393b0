export type Language = 'ko' | 'en';

const languages: readonly Language[] = ['ko', 'en'];

/** The language a client prefers (RFC 9110 §12.5.4), Korean if it names neither Korean nor English. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  if (!acceptLanguage) return 'ko';
  const wishes = acceptLanguage.split(',').map(parseWish);
  const rank = (language: Language) => {
    const wish =
      wishes.find(({ range }) => range.split('-')[0] === language) ??
      wishes.find(({ range }) => range === '*');
    return wish?.quality ?? 0;
  };
  return languages.reduce((best, language) => (rank(language) > rank(best) ? language : best));
}

function parseWish(text: string): { range: string; quality: number } {
  const [range = '', ...parameters] = text
    .trim()
    .toLowerCase()
    .split(/\s*;\s*/);
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const quality = weight === undefined ? 1 : Number(weight);
  return { range, quality: Number.isFinite(quality) ? quality : 0 };
}
