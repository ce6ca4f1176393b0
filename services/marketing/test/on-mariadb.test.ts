// All of them again, on MariaDB.
import './choose-mariadb.ts';
import './mileage.test.ts';
