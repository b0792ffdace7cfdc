package aero.contrail.web;

import java.util.Map;

/** Request bodies that work in the sandbox, by the name of the operation. */
final class ApiExamples {

  static final Map<String, String> REQUESTS =
      Map.of(
          "place",
          """
          {
            "offerId": "eyJhbGciOiJIUzI1NiJ9…",
            "passengers": [
              {
                "type": "ADULT",
                "givenName": "Ada",
                "familyName": "Lovelace",
                "bornOn": "1990-12-10",
                "memberNumber": "4000000010"
              }
            ],
            "contact": {"email": "ada@example.com"},
            "payment": {"tenders": [{"method": "CARD", "token": "tok_ok"}]}
          }
          """,
          "pay",
          """
          {"tenders": [{"method": "CARD", "token": "tok_ok"}]}
          """,
          "enrol",
          """
          {"givenName": "Grace", "familyName": "Hopper", "email": "grace@example.com"}
          """,
          "limit",
          """
          {
            "cabins": [
              {"cabin": "Y", "authorised": 153, "classes": [{"fareClass": "M", "limit": 100}]}
            ]
          }
          """,
          "advance",
          """
          {"advance": "PT20M"}
          """);

  private ApiExamples() {}
}
