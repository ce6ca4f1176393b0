/** Whether a request began to be written to a socket. Before that, nothing can have reached the other side. */
export interface Progress {
  started: boolean;
}
