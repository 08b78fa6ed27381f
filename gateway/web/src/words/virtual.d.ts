declare module "virtual:words/*" {
  const messages: Record<string, never>;
  export default messages;
}
