import type { WireRecord } from '@phone82/contracts';

/** Whether a record is to be handed over to a group that listens to these types of event; all are where none are given. */
export const isWanted = ({ headers }: WireRecord, types: ReadonlySet<string> | undefined): boolean =>
  !types || !headers.ce_type || types.has(headers.ce_type);
