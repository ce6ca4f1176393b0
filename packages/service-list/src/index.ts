export {
  addressKey,
  callees,
  callers,
  inPostgres,
  inStoreDatabase,
  keepers,
  type RoutedService,
  routed,
  type ServiceEntry,
  type ServiceName,
  serviceNames,
  services,
} from './services.ts';
