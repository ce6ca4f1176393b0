export {
  addressKey,
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
