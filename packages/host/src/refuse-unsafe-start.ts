import { type AccessConfig, requireAccess, type ServiceKeyConfig } from '@phone82/access';
import { type ServiceName, serviceNames, services } from '@phone82/service-list';

/**
 * Refuses to start a service that is reached from outside, or runs in production, and could not tell callers apart.
 * @throws ConfigError that names each missing setting.
 */
export function refuseUnsafeStart(
  name: string,
  config: AccessConfig & ServiceKeyConfig & { readonly HOST: string },
): void {
  const calls = services[name as ServiceName]?.calls ?? [];
  const isCalled = serviceNames.some((other) => services[other].calls.includes(name));
  requireAccess(config, [
    ...(calls.length > 0 ? ['SERVICE_KEY_FILE'] : []),
    ...(isCalled && !config.TRUSTED_SERVICE_ADDRESSES ? ['SERVICE_KEYS_FILE'] : []),
  ]);
}
