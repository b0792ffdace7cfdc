package aero.contrail.shopping.index;

/** Which copy of the index statements are about: the one that is searched, or its successor. */
enum Copy {
  LIVE("shopping."),
  SECOND("shopping_rebuild.");

  private final String schema;

  Copy(String schema) {
    this.schema = schema;
  }

  /** The statement, which is written for the live copy. */
  String sql(String statement) {
    return this == LIVE ? statement : statement.replace(LIVE.schema, schema);
  }
}
