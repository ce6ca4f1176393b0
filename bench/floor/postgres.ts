import pg from 'pg';

const INT8_OID = 20;
pg.types.setTypeParser(INT8_OID, Number);

// biome-ignore lint/suspicious/noExplicitAny: rows of any statement
export type Rows = any[];

/** One connection. Each statement is prepared once; a connection does one at a time. */
export async function connect(
  url: string | undefined,
): Promise<(text: string) => (...values: unknown[]) => Promise<Rows>> {
  const client = new pg.Client({
    connectionString: url,
    // A plan that reads all of a new, small table would be kept while it grows.
    options: '-c enable_seqscan=off',
  });
  await client.connect();
  let count = 0;
  return (text) => {
    const name = `s${count++}`;
    return async (...values) => (await client.query({ name, text, values })).rows;
  };
}
