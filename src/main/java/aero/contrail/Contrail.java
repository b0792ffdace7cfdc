package aero.contrail;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Contrail {
  public static void main(String[] args) {
    SpringApplication.run(Contrail.class, args);
  }
}
