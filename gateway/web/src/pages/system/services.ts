import { t } from "~/words/words.ts";

/** What the gateway asks, as it calls them. */
export const SERVICES = ["profile", "survey", "metrics", "employee_exp"] as const;

/** What a service is called by people; its own name where it is a new one. */
export function nameOf(service: string): string {
  const known = SERVICES.find((name) => name === service.toLowerCase());
  return known === undefined ? service : t(`system.service_${known}`);
}
