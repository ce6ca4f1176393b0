import { Connection, instancesChannel } from '@platformatic/kafka';

/**
 * A connection that breaks while the client says who it is tells of its error twice, the second time to nobody: that would end
 * the process. Whoever waited for the connection has heard of it by then.
 */
instancesChannel.subscribe((made) => {
  const { instance } = made as { readonly instance: unknown };
  if (instance instanceof Connection) instance.on('error', () => undefined);
});
