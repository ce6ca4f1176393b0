import { routed, serviceNames, services } from '@phone82/service-list';

/** What the chart has to know of each service, as JSON: where its data is, whether it has to do with events, and which services call it. */
export function chartServices(): string {
  const list = serviceNames.map((name) => ({
    name,
    keeps: services[name].keeps,
    ...(!services[name].handlesEvents && { eventless: true }),
    calledBy: routed.some((other) => other === name)
      ? ['gateway', ...serviceNames.filter((other) => services[other].calls.includes(name))]
      : [],
  }));
  return `[\n${list.map((service) => `  ${JSON.stringify(service)}`).join(',\n')}\n]\n`;
}
