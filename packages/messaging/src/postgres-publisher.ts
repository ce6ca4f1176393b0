import type { WireRecord } from '@phone82/contracts';
import type { Pool } from 'pg';
import { partitionOf } from './partition-of.ts';
import { SERVER_NOW } from './postgres-bus-schema.ts';

const MOST_AT_ONCE = 2_000;

/**
 * The rows of the partitions are locked in order before offsets are given, and stay locked until the commit: in a
 * partition the order of offsets is the order of commits, so a reader never sees a later record before an earlier one.
 */
const PUBLISH = `
  with input as (
    select * from unnest($1::int[], $2::text[], $3::text[], $4::text[])
      with ordinality as input (partition, key, value, headers, place)
  ), counts as (
    select partition, count(*) as records from input group by partition
  ), locked as materialized (
    select p.partition from bus.partitions p join counts using (partition) order by p.partition for update of p
  ), advanced as (
    update bus.partitions p set next_offset = p.next_offset + c.records
    from counts c join locked using (partition)
    where p.partition = c.partition
    returning p.partition, p.next_offset - c.records as first_offset
  )
  insert into bus.records (partition, "offset", key, value, headers, created_at)
  select partition, first_offset + row_number() over (partition by partition order by place) - 1,
    key, value, headers, ${SERVER_NOW}
  from input join advanced using (partition)`;

interface Publication {
  readonly records: readonly WireRecord[];
  resolve(): void;
  reject(error: unknown): void;
}

export interface PublisherOptions {
  readonly pool: Pool;
  /** How many partitions there are; asked before each publication. */
  partitions(): Promise<number>;
  /** The first partition that a record without a key goes to. */
  readonly firstUnkeyed: number;
  onPublished(): void;
}

/** Publishes one statement at a time; what is published meanwhile goes together with the next, in the order of the calls. */
export class PostgresPublisher {
  readonly #options: PublisherOptions;
  readonly #waiting: Publication[] = [];
  #nextUnkeyed: number;
  #running: Promise<void> | undefined;

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.#nextUnkeyed = options.firstUnkeyed;
  }

  publish(records: readonly WireRecord[]): Promise<void> {
    return new Promise((resolve, reject) => {
      if (records.length === 0) return resolve();
      this.#waiting.push({ records, resolve, reject });
      this.#running ??= this.#work();
    });
  }

  async idle(): Promise<void> {
    await this.#running;
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) await this.#publishNext();
    this.#running = undefined;
  }

  async #publishNext(): Promise<void> {
    const together = takeTogether(this.#waiting);
    try {
      await this.#insert(together.flatMap(({ records }) => records));
      for (const { resolve } of together) resolve();
      this.#options.onPublished();
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
  }

  async #insert(records: readonly WireRecord[]): Promise<void> {
    const count = await this.#options.partitions();
    const target = ({ key }: WireRecord) =>
      key === null ? this.#nextUnkeyed++ % count : partitionOf(key, count);
    const values = [
      records.map(target),
      records.map(({ key }) => key),
      records.map(({ value }) => value),
      records.map(({ headers }) => JSON.stringify(headers)),
    ];
    await this.#options.pool.query({ name: 'bus-publish', text: PUBLISH, values });
  }
}

function takeTogether(waiting: Publication[]): Publication[] {
  let total = 0;
  let count = 0;
  for (const { records } of waiting) {
    total += records.length;
    if (count > 0 && total > MOST_AT_ONCE) break;
    count++;
  }
  return waiting.splice(0, count);
}
