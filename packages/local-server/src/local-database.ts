/** Where and how a database server of one's own runs. */
export interface LocalDatabaseOptions {
  /** Where the databases live; created if it is not there. One server per folder. */
  readonly dataDir: string;
  /** On 127.0.0.1. Default 0: a free one. */
  readonly port?: number;
  /** Whether committed data survives a crash of the machine. Default true; tests do without. */
  readonly durable?: boolean;
  /** Told about steps that take a while. */
  readonly log?: (message: string) => void;
  /** What the server prints. Default: a file in the data folder, named after the server. */
  readonly logFile?: string;
}

/** A database server of one's own that takes connections. */
export interface LocalDatabase {
  readonly port: number;
  /** The server's process id. */
  readonly pid: number;
  /** Resolves when the server is gone, whether stopped or crashed, with the reason. */
  readonly exited: Promise<string>;
  /** The connection string of a database, with user and password. */
  url(database: string): string;
  /** Creates databases that aren't there yet. */
  createDatabase(...names: string[]): Promise<void>;
  /** Drops databases, with the connections that they have; those that aren't there are passed over. */
  dropDatabase(...names: string[]): Promise<void>;
  /** Ends the server, open connections included; resolves when it is gone. Can be called twice. */
  stop(): Promise<void>;
}
