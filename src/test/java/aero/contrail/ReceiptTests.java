package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/** What customers print: receipts and boarding passes, as pages and as PDF. */
class ReceiptTests extends AtTheAirport {

  private static final String PDF = "application/pdf";

  private String paid(String flight, String given, String family) {
    var body =
        Map.of(
            "offerId", sales.offerId(flight, "Y"),
            "passengers",
                List.of(Map.of("type", "ADULT", "givenName", given, "familyName", family)),
            "contact", Sales.CONTACT,
            "payment", Sales.card("tok_ok"));
    return web.create("/orders", body, "Prefer", "wait=20").expect(201).at("/id");
  }

  /** The text of a PDF; a picture of its first page is left beside the results, to be looked at. */
  private static String text(byte[] pdf, String picture) throws IOException {
    try (var document = Loader.loadPDF(pdf)) {
      var file = Path.of("target", "pictures", picture + ".png");
      Files.createDirectories(file.getParent());
      assertThat(
              ImageIO.write(
                  new PDFRenderer(document).renderImageWithDPI(0, 100), "png", file.toFile()))
          .isTrue();
      return new PDFTextStripper().getText(document);
    }
  }

  @Test
  void aReceiptHasWhatWasBoughtAndPaid() throws Exception {
    var flight = sales.flight("ORD", "738");
    var order = sales.family(flight, "Y");
    var path = "/orders/" + order.at("/id") + "/receipt";
    var page = web.get(path, "Accept", "text/html").expect(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    var pdf = text(web.bytes(path, PDF), "receipt");
    for (var shown :
        List.of(
            order.at("/recordLocator"),
            "Ada King",
            "William King",
            "Byron King",
            "Anne King",
            order.at("/passengers/3/tickets/0/number"),
            flight.substring(0, flight.indexOf('-')),
            "10:00", // local to Newark
            "Tax or charge",
            "Paid by card",
            order.at("/total/amount") + " " + order.at("/total/currency"))) {
      assertThat(page.text()).contains(shown);
      assertThat(pdf).contains(shown);
    }
  }

  @Test
  void namesAreEscapedAndPrintedInAnyScript() throws Exception {
    var flight = sales.flight("ORD", "738");
    var odd = paid(flight, "A<b>da & Co", "O'Żółć");
    var path = "/orders/" + odd + "/receipt";
    assertThat(web.get(path, "Accept", "text/html").expect(200).text())
        .contains("A&lt;b&gt;da &amp; Co O&#39;Żółć")
        .doesNotContain("<b>da");
    assertThat(text(web.bytes(path, PDF), "receipt-odd")).contains("A<b>da & Co O'Żółć");

    var chinese = "/orders/" + paid(flight, "明", "李") + "/receipt";
    assertThat(web.get(chinese, "Accept", "text/html").expect(200).text()).contains("明 李");
    assertThat(text(web.bytes(chinese, PDF), "receipt-latin")).contains("MING LI");
  }

  @Test
  void whatIsGivenBackStandsOnIt() throws Exception {
    var order = paid(sales.flight("ORD", "738"), "Ada", "Lovelace");
    var quote = web.create("/orders/" + order + "/cancellations", "").expect(201);
    web.create("/orders/%s/cancellations/%s/confirm".formatted(order, quote.at("/id")), "")
        .expect(200);
    web.await("/orders/" + order, "/refunds/0/status", "DONE");
    assertThat(text(web.bytes("/orders/" + order + "/receipt", PDF), "receipt-refunded"))
        .contains("Paid back")
        .contains("void");
  }

  @Test
  void aHeldOrderHasNone() {
    var held = sales.hold(sales.flight("ORD", "738"), "Y").at("/id");
    web.get("/orders/" + held + "/receipt", "Accept", "text/html").problem(409, "illegal_state");
    web.get("/orders/" + held + "/receipt", "Accept", PDF).problem(409, "illegal_state");
    web.as("agency")
        .get("/orders/" + held + "/receipt", "Accept", "text/html")
        .problem(404, "not_found");
  }

  @Test
  void aBoardingPassIsPrinted() throws Exception {
    var flight = sales.flight("ORD", "738");
    var order = sales.ticket(flight, "Y");
    tell(order.at("/recordLocator"), "CHECK_IN", "P1", flight).expect(201);
    awaitCoupon(order.at("/id"), "P1", "C");
    var path = "/orders/" + order.at("/id") + "/boarding-passes/P1/" + flight;
    assertThat(text(web.bytes(path, PDF), "boarding-pass"))
        .contains("Boarding pass", "Ada Lovelace", order.at("/recordLocator"));
  }
}
