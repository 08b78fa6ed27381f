import { buildClientSchema, type GraphQLSchema, getIntrospectionQuery } from "graphql";
import { useEffect, useState } from "preact/hooks";
import { introspected } from "./asking.ts";

/** The schema, once it is read; null where it could not be. */
export function useSchema(): GraphQLSchema | null | undefined {
  const [schema, setSchema] = useState<GraphQLSchema | null>();
  useEffect(() => {
    introspected(getIntrospectionQuery(), "").then(
      (data) => setSchema(data ? buildClientSchema(data as never) : null),
      () => setSchema(null),
    );
  }, []);
  return schema;
}
