import type { IncomingMessage } from 'node:http';

/** Origin form: visible ASCII without a fragment. */
const ORIGIN_FORM = /^\/[!"$-~]*$/;
const ABSOLUTE_FORM = /^https?:\/\/([^/?#]*)(.*)$/i;

/**
 * Only paths of unreserved characters (RFC 3986, section 2.3), no segment of which is `.` or `..`: nothing in them can be read
 * in two ways. For a server that passes requests on by their path.
 */
const PLAIN_PATH = /^(?:\/(?!\.{1,2}(?:[/?]|$))[\w.~-]+)*\/?(?:\?[!"$-~]*)?$/;
const ENCODED_UNRESERVED = /%(?:2[DE]|3\d|4[1-9A-F]|5[\dAF]|6[1-9A-F]|7[\dAE])/gi;

const unusable = new WeakSet<IncomingMessage>();

export interface TargetOptions {
  /** Whether only paths are taken that read the same to everyone; see {@link PLAIN_PATH}. Default: any path. */
  readonly plainPathsOnly?: boolean;
}

/**
 * Brings the target of each request into origin form before it is routed, so that what is routed, checked and passed on
 * is one string. The authority of an absolute form takes the place of `Host` (RFC 9112, section 3.2.2).
 */
export function readTargets({ plainPathsOnly = false }: TargetOptions) {
  const accepted = plainPathsOnly ? PLAIN_PATH : ORIGIN_FORM;
  return (request: IncomingMessage): string => {
    const target = request.url ?? '';
    if (accepted.test(target) && target !== '') return target;
    const url = normalized(originForm(target, request), plainPathsOnly);
    if (accepted.test(url) && url !== '') return url;
    if (target === '*' && request.method === 'OPTIONS') return target;
    unusable.add(request);
    return target;
  };
}

/** Whether the request's target was none that {@link readTargets} takes. */
export const hasUnusableTarget = (request: IncomingMessage): boolean => unusable.has(request);

function originForm(target: string, request: IncomingMessage): string {
  const [, authority, rest = ''] = ABSOLUTE_FORM.exec(target) ?? [];
  if (!authority) return target;
  request.headers.host = authority;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** A percent-encoded unreserved character is the character itself (RFC 3986, section 6.2.2.2). */
function normalized(url: string, plainPathsOnly: boolean): string {
  if (!plainPathsOnly) return url;
  const [path = ''] = url.split('?', 1);
  const decoded = path.replace(ENCODED_UNRESERVED, (encoded) => decodeURIComponent(encoded));
  return decoded + url.slice(path.length);
}
