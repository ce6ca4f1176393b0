const WORTH_PREPARING_AFTER = 3;
const MOST_PREPARED = 200;
const MOST_COUNTED = 2_000;

/**
 * Gives statements that come again and again a name, by which the server parses and plans them once per
 * connection. Statements of changing length, such as batches, mostly come too seldom to get one.
 */
export function namePrepared(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  const seen = new Map<string, number>();
  return (text) => {
    const name = names.get(text);
    if (name !== undefined || names.size >= MOST_PREPARED) return name;
    const times = (seen.get(text) ?? 0) + 1;
    if (seen.size >= MOST_COUNTED) seen.clear();
    seen.set(text, times);
    if (times < WORTH_PREPARING_AFTER) return undefined;
    seen.delete(text);
    names.set(text, `p${names.size}`);
    return names.get(text);
  };
}
