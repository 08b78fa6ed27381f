// What the app asks for. The compiler reads this file and makes __generated__; nothing runs it.
import { graphql } from "relay-runtime";

graphql`
  query queriesDepartmentQuery($key: String!) {
    department(key: $key) {
      id
      ...queriesNameFragment
      ...queriesChildrenFragment
    }
  }
`;

graphql`
  fragment queriesNameFragment on Department @refetchable(queryName: "queriesNameQuery") {
    key
    name
  }
`;

graphql`
  fragment queriesChildrenFragment on Department
  @argumentDefinitions(count: { type: "Int", defaultValue: 2 }, cursor: { type: "String" })
  @refetchable(queryName: "queriesChildrenQuery") {
    children(first: $count, after: $cursor) @connection(key: "queries_children") {
      edges {
        node {
          id
          key
        }
      }
    }
  }
`;

graphql`
  query queriesNodeQuery($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Department @alias(as: "department") {
        key
      }
      ... on Survey @alias(as: "survey") {
        key
        title
      }
    }
  }
`;

graphql`
  query queriesSurveysQuery {
    surveys(first: 10) @connection(key: "queries_surveys") {
      __id
      edges {
        node {
          id
          key
          title
        }
      }
    }
  }
`;

graphql`
  mutation queriesRetitleMutation($input: UpdateSurveyInput!) {
    updateSurvey(input: $input) {
      survey {
        id
        title
      }
      userErrors {
        code
      }
    }
  }
`;

graphql`
  mutation queriesCreateMutation($input: CreateSurveyInput!, $lists: [ID!]!) {
    createSurvey(input: $input) {
      survey @appendNode(connections: $lists, edgeTypeName: "SurveyEdge") {
        id
        key
        title
      }
      userErrors {
        code
      }
    }
  }
`;

graphql`
  subscription queriesChangedSubscription($department: String!) {
    scoreChanged(department: $department) {
      department
      at
    }
  }
`;
