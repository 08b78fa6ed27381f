import { t } from "~/words/words.ts";

const NAMES = {
  nps: () => t("score.nps"),
  csat: () => t("score.csat"),
  ces: () => t("score.ces"),
  turnoverRate: () => t("score.turnoverRate"),
  turnoverRateHeadcount: () => t("score.turnoverRateHeadcount"),
  enps: () => t("score.enps"),
  engagement: () => t("score.engagement"),
  participationRate: () => t("score.participationRate"),
  burnout: () => t("score.burnout"),
  retentionRate: () => t("score.retentionRate"),
  churnRate: () => t("score.churnRate"),
  sales: () => t("score.sales"),
  orders: () => t("score.orders"),
  buyers: () => t("score.buyers"),
  averageBasket: () => t("score.averageBasket"),
  returnsShare: () => t("score.returnsShare"),
  newCustomers: () => t("score.newCustomers"),
  silentShare: () => t("score.silentShare"),
} as const;

/** What a metric is called in the language of the page; an organisation's own ones have the name they were given. */
export function metricName({ key, name }: { key: string; name: string }): string {
  return key in NAMES ? NAMES[key as keyof typeof NAMES]() : name;
}

const SHORT: Record<string, string> = { nps: "NPS", csat: "CSAT", ces: "CES" };

/** The field's short name, which stays Latin, with the unit; empty for metrics that have none. */
export function shortName(key: string): string {
  if (key === "enps") return t("score.enpsPoints");
  return key === "nps" ? t("score.npsPoints") : (SHORT[key] ?? "");
}
