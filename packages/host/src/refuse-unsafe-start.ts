import { type AccessConfig, requireAccess, type ServiceKeyConfig } from '@phone82/access';
import { callees, callers, type ServiceName } from '@phone82/service-list';

/**
 * Refuses to start a service that is reached from outside, or runs in production, and could not tell callers apart.
 * @throws ConfigError that names each missing setting.
 */
export function refuseUnsafeStart(
  name: string,
  config: AccessConfig & ServiceKeyConfig & { readonly HOST: string },
): void {
  requireAccess(config, [
    ...(callers.includes(name as ServiceName) ? ['SERVICE_KEY_FILE'] : []),
    ...(callees.includes(name as ServiceName) && !config.TRUSTED_SERVICE_ADDRESSES
      ? ['SERVICE_KEYS_FILE']
      : []),
  ]);
}
