-- An order may issue nine tickets and the documents of ten services at once.
alter sequence orders.ticket_serial increment 20;
