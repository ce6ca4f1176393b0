/** Follows redirects within one host and keeps its cookies, as a browser does. */
export function openBrowser(home: string) {
  const jar = new Map<string, { readonly value: string; readonly path: string }>();

  const keep = (answer: Response, url: URL) => {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const name = pair.slice(0, pair.indexOf('='));
      const path = attributes.find((one) => one.startsWith('path='))?.slice('path='.length) ?? '/';
      const isGone = attributes.some((one) => one.startsWith('expires=Thu, 01 Jan 1970'));
      if (isGone) jar.delete(`${name} ${path}`);
      else jar.set(`${name} ${path}`, { value: `${name}=${pair.slice(name.length + 1)}`, path });
    }
    return url;
  };
  const cookiesFor = (url: URL) =>
    [...jar.values()]
      .filter(({ path }) => url.pathname.startsWith(path))
      .map(({ value }) => value)
      .join('; ');

  const open = async (
    address: URL | string,
    init: { method?: string; body?: URLSearchParams; headers?: Record<string, string> } = {},
  ): Promise<{ url: URL; answer: Response | undefined }> => {
    const url = new URL(address);
    // What leaves the issuer is the gateway's.
    if (url.host !== new URL(home).host) return { url, answer: undefined };
    const headers = { cookie: cookiesFor(url), ...init.headers };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    keep(answer, url);
    const location = answer.headers.get('location');
    if (!location) return { url, answer };
    const language = init.headers?.['accept-language'];
    return open(new URL(location, url), { headers: language ? { 'accept-language': language } : {} });
  };
  return { open, cookies: () => [...jar.values()].map(({ value }) => value) };
}
