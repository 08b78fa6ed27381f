interface Page<Node> {
  edges: { node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** A list to its end, page after page; undefined where one of them cannot be read. */
export async function allPages<Node>(
  read: (after: string | null) => Promise<Page<Node> | null | undefined>,
): Promise<Node[] | undefined> {
  const found: Node[] = [];
  for (let after: string | null = null; ; ) {
    const page: Page<Node> | null | undefined = await read(after);
    if (page == null) return undefined;
    found.push(...page.edges.map(({ node }) => node));
    if (!page.pageInfo.hasNextPage) return found;
    after = page.pageInfo.endCursor;
  }
}
