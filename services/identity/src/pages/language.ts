export type Language = 'ko' | 'en';

/** The first of `ui_locales`, then of `Accept-Language`, that is Korean or English; Korean without any. */
export function languageOf(uiLocales: unknown, acceptLanguage: string | undefined): Language {
  const chosen = typeof uiLocales === 'string' ? uiLocales.split(' ') : [];
  return [...chosen, ...byQuality(acceptLanguage ?? '')].map(known).find((one) => one !== undefined) ?? 'ko';
}

const known = (tag: string): Language | undefined => {
  const [language] = tag.toLowerCase().split('-');
  return language === 'ko' || language === 'en' ? language : undefined;
};

function byQuality(header: string): readonly string[] {
  const ranges = header.split(',').map((part) => {
    const [range = '', quality = 'q=1'] = part.trim().split(/\s*;\s*/);
    return { range, quality: Number(quality.slice('q='.length)) || 0 };
  });
  return ranges
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ range }) => range);
}
